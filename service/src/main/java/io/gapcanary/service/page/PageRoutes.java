package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.service.access.Access;
import io.gapcanary.service.http.Conversations;
import io.gapcanary.service.http.Gate;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;

/** The addresses of the pages. */
public final class PageRoutes {
  private final Pages pages;
  private final Desk desk;
  private final ConversationPages conversations;
  private final GapPages gaps;
  private final ArticlePages articles;
  private final ExplainPages explanations;
  private final FloorPages floors;
  private final SignInPages signIn;
  private final AccessPages access;
  private final Assets assets = new Assets();

  /** The pages of a desk. */
  public PageRoutes(
      Pages pages,
      Desk desk,
      Conversations conversations,
      Access access,
      Gate gate,
      InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.conversations = new ConversationPages(pages, desk, conversations, clock);
    this.gaps = new GapPages(pages, desk);
    this.articles = new ArticlePages(pages, desk);
    this.explanations = new ExplainPages(pages, desk, clock);
    this.floors = new FloorPages(pages, desk);
    this.signIn = new SignInPages(pages, access, gate);
    this.access = new AccessPages(pages, access);
  }

  /** Adds them all. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/", conversations::first);
    routes.get("/agent", conversations::agent);
    routes.post("/agent/messages", conversations::say);
    routes.post("/agent/preview", conversations::preview);
    routes.post("/agent/articles", conversations::link);
    routes.post("/agent/close", conversations::close);

    routes.get("/gaps", gaps::list);
    routes.get("/gaps/{id}", gaps::get);
    routes.post("/gaps/{id}", gaps::change);

    routes.get("/articles", articles::list);
    routes.get("/articles/{id}", articles::get);
    routes.post("/articles/{id}/wordings", articles::removeWording);
    routes.get("/explain", explanations::get);
    routes.get("/desk", this::desk);
    routes.get("/floor", floors::get);
    routes.post("/floor", floors::decide);

    routes.get("/sign-in", signIn::get);
    routes.post("/sign-in", signIn::signIn);
    routes.post("/sign-out", signIn::signOut);
    routes.get("/password", signIn::password);
    routes.post("/password", signIn::changePassword);
    routes.get("/access", access::get);
    routes.post("/access", access::createKey);
    routes.post("/access/keys/{id}", access::revokeKey);

    assets.byPath().forEach((path, asset) -> routes.get(path, asset::send));
  }

  private void desk(Context context) {
    pages.show(
        context,
        "desk.jte",
        new Views.Desk(
            pages.frame(context),
            desk.totals(),
            desk.articles().size(),
            desk.now(),
            desk.floors().list(),
            desk.settings().toMap(),
            desk.impairment().orElse(null)));
  }
}
