package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.http.Conversations;
import io.gapcanary.service.http.Gate;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The addresses of the pages. */
public final class PageRoutes {
  private final ConversationPages conversations;
  private final GapPages gaps;
  private final ArticlePages articles;
  private final ExplainPages explanations;
  private final FloorPages floors;
  private final DeskPages desks;
  private final ReportPages reports;
  private final ImpactPages impact;
  private final FloodPages floods;
  private final RecalculationPages recalculations;
  private final ApiPage api;
  private final SignInPages signIn;
  private final AccessPages access;
  private final Assets assets = new Assets();

  /**
   * The pages of a desk.
   *
   * @param mail how the weekly report is sent by e-mail, or {@code null} when it is not
   */
  public PageRoutes(
      Pages pages,
      Desk desk,
      Conversations conversations,
      Access access,
      Gate gate,
      @Nullable MailDesk mail,
      InstantSource clock) {
    this.conversations = new ConversationPages(pages, desk, conversations, clock);
    this.gaps = new GapPages(pages, desk);
    this.articles = new ArticlePages(pages, desk);
    this.explanations = new ExplainPages(pages, desk, clock);
    this.floors = new FloorPages(pages, desk);
    this.desks = new DeskPages(pages, desk);
    this.reports = new ReportPages(pages, desk);
    this.impact = new ImpactPages(pages, desk);
    this.floods = new FloodPages(pages, desk);
    this.recalculations = new RecalculationPages(pages, desk);
    this.api = new ApiPage(pages);
    this.signIn = new SignInPages(pages, access, gate);
    this.access = new AccessPages(pages, access, mail);
  }

  /** Adds them all. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/", conversations::first);
    routes.get("/agent", conversations::agent);
    routes.get("/agent/cases", conversations::openCases);
    routes.post("/agent/messages", conversations::say);
    routes.post("/agent/preview", conversations::preview);
    routes.post("/agent/articles", conversations::link);
    routes.post("/agent/close", conversations::close);

    routes.get("/gaps", gaps::list);
    routes.post("/gaps", gaps::decide);
    routes.get("/gaps/held-back", gaps::heldBack);
    routes.get("/gaps/floods", floods::list);
    routes.post("/gaps/floods", floods::decide);
    routes.get("/gaps/{id}", gaps::get);
    routes.get("/gaps/{id}/cases", gaps::cases);
    routes.post("/gaps/{id}", gaps::change);
    routes.post("/gaps/{id}/try", gaps::tryOut);
    routes.get("/gaps/{id}/try", gaps::get);
    routes.post("/gaps/{id}/merge", gaps::merge);
    routes.get("/gaps/{id}/merge", gaps::get);
    routes.get("/gaps/{id}/draft.md", gaps::draft);
    routes.get("/gaps/{id}/to-tell.csv", gaps::toTell);

    routes.get("/impact", impact::get);
    routes.post("/impact", impact::decide);

    routes.get("/articles", articles::list);
    routes.get("/articles/{id}", articles::get);
    routes.post("/articles/{id}/wordings", articles::decideWording);
    routes.get("/explain", explanations::get);
    routes.get("/desk", desks::get);
    routes.get("/desk/cases", desks::cases);
    routes.get("/report", reports::get);
    routes.get("/floor", floors::get);
    routes.post("/floor", floors::decide);
    routes.get("/recalculate", recalculations::get);
    routes.post("/recalculate", recalculations::act);

    routes.get("/docs", api::get);

    routes.get("/sign-in", signIn::get);
    routes.post("/sign-in", signIn::signIn);
    routes.get("/sign-in/issuer", signIn::beginAtIssuer);
    routes.get("/sign-in/issuer/done", signIn::endAtIssuer);
    routes.post("/sign-out", signIn::signOut);
    routes.get("/password", signIn::password);
    routes.post("/password", signIn::changePassword);
    routes.get("/access", access::get);
    routes.post("/access", access::createKey);
    routes.post("/access/keys/{id}", access::revokeKey);
    routes.post("/access/mail", access::sendTest);
    routes.post("/access/mail/{id}", access::sendAgain);

    assets.byPath().forEach((path, asset) -> routes.get(path, asset::send));
  }
}
