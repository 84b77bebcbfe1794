package io.gapcanary.service.http;

import io.gapcanary.Desk;
import io.gapcanary.service.imports.Imports;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;

/** The routes of the API; {@code openapi.yaml} says what goes in and out. */
public final class HttpApi {
  private final Readiness readiness;
  private final ArticleRoutes articles;
  private final CaseRoutes cases;
  private final ExplainRoutes explanations;
  private final GapRoutes gaps;
  private final GapExport gapExport;
  private final GapWorkRoutes gapWork;
  private final FloorRoutes floors;
  private final HealthRoutes health;
  private final WeightsRoutes weights;
  private final FloodRoutes floods;
  private final ReportRoutes reports;
  private final RecalculationRoutes recalculations;
  private final ErasureRoutes erasures;
  private final OperatorRoutes operator;

  /** The API of a desk. */
  public HttpApi(
      Desk desk,
      Imports imports,
      Conversations conversations,
      DeskMetrics metrics,
      Readiness readiness,
      InstantSource clock) {
    this.readiness = readiness;
    this.articles = new ArticleRoutes(desk.articles());
    this.cases = new CaseRoutes(desk, conversations, clock);
    this.explanations = new ExplainRoutes(desk.assist(), clock);
    this.gaps = new GapRoutes(desk);
    this.gapExport = new GapExport(desk);
    this.gapWork = new GapWorkRoutes(desk);
    this.floors = new FloorRoutes(desk.floors());
    this.health = new HealthRoutes(desk);
    this.reports = new ReportRoutes(desk);
    this.weights = new WeightsRoutes(desk.weights());
    this.floods = new FloodRoutes(desk.floods());
    this.recalculations = new RecalculationRoutes(desk.recalculations());
    this.erasures = new ErasureRoutes(desk, imports);
    this.operator = new OperatorRoutes(desk, readiness, metrics);
  }

  /** Adds them all. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.before(this::requireReady);
    routes.before("/api/*", context -> context.header("Cache-Control", "no-store"));

    routes.put("/api/v1/articles/{id}", articles::put);
    routes.get("/api/v1/articles/{id}", articles::get);
    routes.delete("/api/v1/articles/{id}", articles::remove);
    routes.put("/api/v1/articles/{id}/confidence", articles::setConfidence);
    routes.post("/api/v1/articles", articles::putLines);
    routes.get("/api/v1/articles", articles::list);
    routes.get("/api/v1/articles/{id}/wordings", articles::wordings);
    routes.delete("/api/v1/articles/{id}/wordings/{wordingId}", articles::removeWording);
    routes.post("/api/v1/articles/{id}/wordings/{wordingId}/restore", articles::restoreWording);

    routes.post("/api/v1/cases", cases::open);
    routes.get("/api/v1/cases", cases::list);
    routes.get("/api/v1/cases/{id}", cases::get);
    routes.get("/api/v1/cases/{id}/customer", cases::customer);
    routes.post("/api/v1/cases/{id}/messages", cases::hear);
    routes.get("/api/v1/cases/{id}/suggestions", cases::suggest);
    routes.post("/api/v1/cases/{id}/articles", cases::link);
    routes.post("/api/v1/cases/{id}/close", cases::close);
    routes.get("/api/v1/suggestions", cases::suggestForText);
    routes.get("/api/v1/explain", explanations::explain);

    routes.get("/api/v1/gaps", gaps::list);
    routes.get("/api/v1/gap-export", gapExport::export);
    routes.get("/api/v1/gaps/{id}", gaps::get);
    routes.patch("/api/v1/gaps/{id}", gaps::change);
    routes.post("/api/v1/gaps/{id}/merge", gapWork::merge);
    routes.get("/api/v1/gaps/{id}/proof", gapWork::proof);
    routes.get("/api/v1/gaps/{id}/replay", gapWork::replay);
    routes.post("/api/v1/gaps/{id}/replay", gapWork::tryOut);
    routes.get("/api/v1/gaps/{id}/cases", gaps::cases);
    routes.get("/api/v1/gaps/{id}/weeks", gapWork::weeks);
    routes.get("/api/v1/gaps/{id}/follow-ups", gapWork::followUps);
    routes.get("/api/v1/gaps/{id}/draft", gapWork::draft);
    routes.get("/api/v1/gaps/{id}/to-tell", gapWork::toTell);
    routes.get("/api/v1/gaps/{id}/rank", gaps::rank);
    routes.get("/api/v1/held-back", gaps::heldBack);
    routes.get("/api/v1/articles-worse", gaps::worse);
    routes.get("/api/v1/open-now", gaps::openNow);
    routes.get("/api/v1/floods", floods::list);
    routes.get("/api/v1/floods/{id}", floods::get);
    routes.put("/api/v1/floods/{id}", floods::decide);
    routes.get("/api/v1/floods/{id}/cases", floods::cases);
    routes.get("/api/v1/weights", weights::get);
    routes.put("/api/v1/weights", weights::decide);

    routes.get("/api/v1/desk/health", health::desk);
    routes.get("/api/v1/desk/health/cases", health::cases);
    routes.get("/api/v1/report", reports::get);
    routes.get("/api/v1/article-health", health::articles);
    routes.get("/api/v1/articles/{id}/health", health::article);
    routes.get("/api/v1/repeat-contacts", health::repeatContacts);

    routes.get("/api/v1/floors", floors::list);
    routes.get("/api/v1/floor", floors::get);
    routes.put("/api/v1/floor", floors::decide);

    routes.post("/api/v1/recalculations", recalculations::begin);
    routes.get("/api/v1/recalculations/{id}", recalculations::get);
    routes.post("/api/v1/recalculations/{id}/keep", recalculations::keep);
    routes.delete("/api/v1/recalculations/{id}", recalculations::discard);

    routes.post("/api/v1/erasures", erasures::erase);

    routes.get("/health/live", operator::live);
    routes.get("/health/ready", operator::ready);
    routes.get("/metrics", operator::metrics);
    routes.get("/openapi.yaml", operator::openApi);
  }

  private void requireReady(Context context) {
    if (!context.path().equals("/health/live")) {
      readiness.require();
    }
  }
}
