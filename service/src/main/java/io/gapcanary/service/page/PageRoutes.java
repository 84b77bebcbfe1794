package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.service.http.Conversations;
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
  private final Assets assets = new Assets();

  /** The pages of a desk. */
  public PageRoutes(Pages pages, Desk desk, Conversations conversations, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.conversations = new ConversationPages(pages, desk, conversations, clock);
    this.gaps = new GapPages(pages, desk);
    this.articles = new ArticlePages(pages, desk);
    this.explanations = new ExplainPages(pages, desk, clock);
    this.floors = new FloorPages(pages, desk);
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
    routes.post("/gaps/{id}/try", gaps::tryOut);
    routes.get("/gaps/{id}/try", gaps::get);
    routes.post("/gaps/{id}/merge", gaps::merge);
    routes.get("/gaps/{id}/merge", gaps::get);
    routes.get("/gaps/{id}/draft.md", gaps::draft);
    routes.get("/gaps/{id}/to-tell.csv", gaps::toTell);

    routes.get("/articles", articles::list);
    routes.get("/articles/{id}", articles::get);
    routes.post("/articles/{id}/wordings", articles::removeWording);
    routes.get("/explain", explanations::get);
    routes.get("/desk", this::desk);
    routes.get("/floor", floors::get);
    routes.post("/floor", floors::decide);

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
