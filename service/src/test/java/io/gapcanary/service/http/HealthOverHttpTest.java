package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.service.SmallDesk;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ann was given kb-1 and came back; two customers of other segments ask for an invoice. */
@Tag("slow")
class HealthOverHttpTest {
  @TempDir private static Path folder;
  private static LiveDesk live;

  @BeforeAll
  static void start() {
    live = LiveDesk.on(folder);
    live.post("/api/v1/articles", SmallDesk.ARTICLES);
    heard(
        "c-1", "ann", "home", "2026-11-02T09:00:00Z", "I need to reset the password of my account");
    live.post(
        "/api/v1/cases/c-1/articles",
        "{\"id\":\"kb-1\",\"action\":\"linked\",\"at\":\"2026-11-02T09:02:00Z\"}");
    closed("c-1", "2026-11-02T09:10:00Z", "solved");
    heard(
        "c-2",
        "ann",
        "home",
        "2026-11-03T09:00:00Z",
        "Still cannot reset the password of my account");
    closed("c-2", "2026-11-03T09:20:00Z", "solved");
    heard("c-3", "bob", "vip", "2026-11-09T09:00:00Z", "Where is the invoice with my tax number?");
    closed("c-3", "2026-11-09T09:10:00Z", "escalated");
    heard("c-4", "cat", "home", "2026-11-09T10:00:00Z", "Where is the invoice with my tax number");
    closed("c-4", "2026-11-09T10:10:00Z", "solved");
    heard("c-5", "dan", "home", "2026-11-10T10:00:00Z", "Do you breed giraffes in the zoo?");
    closed("c-5", "2026-11-10T10:10:00Z", "unsolved");
  }

  private static void heard(String id, String customer, String segment, String at, String text) {
    live.post(
        "/api/v1/cases",
        "{\"id\":\"%s\",\"customerId\":\"%s\",\"segment\":\"%s\",\"channel\":\"chat\",\"openedAt\":\"%s\"}"
            .formatted(id, customer, segment, at));
    live.post(
        "/api/v1/cases/" + id + "/messages",
        "{\"from\":\"customer\",\"text\":\"%s\",\"at\":\"%s\"}".formatted(text, at));
  }

  private static void closed(String id, String at, String resolution) {
    live.post(
        "/api/v1/cases/" + id + "/close",
        "{\"at\":\"%s\",\"resolution\":\"%s\"}".formatted(at, resolution));
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  private static LiveDesk.Answer put(@Nullable String etag, String body) {
    HttpRequest.Builder request =
        live.to("/api/v1/weights").PUT(HttpRequest.BodyPublishers.ofString(body));
    return live.send(etag == null ? request : request.header("If-Match", etag));
  }

  private static void isProblem(LiveDesk.Answer answer, int status, String says) {
    HttpApiTest.isProblem(answer, status);
    assertThat(answer.json().get("detail").asText()).contains(says);
  }

  @Test
  void theDesksHealthIsToldByWeekAndByCircumstances() {
    JsonNode health = live.get("/api/v1/desk/health").json();
    assertThat(health.get("total").get("cases").asInt()).isEqualTo(5);
    assertThat(health.get("total").get("new").asInt()).isEqualTo(2);
    assertThat(health.get("total").get("linkRate").get("rate").asDouble()).isEqualTo(0.2);
    assertThat(health.get("rows").findValuesAsText("key"))
        .containsExactly("2026-11-02", "2026-11-09");
    assertThat(
            live.get("/api/v1/desk/health?by=segment").json().get("rows").findValuesAsText("key"))
        .containsExactly("home", "vip");
    JsonNode day = live.get("/api/v1/desk/health?from=2026-11-03&to=2026-11-03").json();
    assertThat(day.get("total").get("repeatRate").get("part").asInt()).isEqualTo(1);
    assertThat(day.get("total").get("linkRate").get("rate").asDouble()).isZero();
    assertThat(
            live.get("/api/v1/desk/health?channel=phone")
                .json()
                .get("total")
                .get("linkRate")
                .get("rate")
                .isNull())
        .isTrue();
    isProblem(live.get("/api/v1/desk/health?by=moon"), 400, "is none of week, product");
    isProblem(live.get("/api/v1/desk/health?from=soon"), 400, "must be a day");
    isProblem(live.get("/api/v1/desk/health?from=2026-11-03&to=2026-11-02"), 400, "before from");
  }

  @Test
  void theCasesBehindAFigureAreListed() {
    assertThat(
            live.get("/api/v1/desk/health/cases?measure=repeats")
                .json()
                .get("cases")
                .findValuesAsText("caseId"))
        .containsExactly("c-2");
    assertThat(
            live.get("/api/v1/desk/health/cases?measure=new&segment=vip")
                .json()
                .get("cases")
                .findValuesAsText("caseId"))
        .containsExactly("c-3");
    assertThat(live.get("/api/v1/desk/health/cases?measure=cases").json().get("cases")).hasSize(5);
    isProblem(live.get("/api/v1/desk/health/cases"), 400, "measure is missing");
  }

  @Test
  void everyFigureOfTheDeskLeadsToItsCases() {
    Document page = Jsoup.parse(live.get("/desk").body(), live.address());
    for (Element figure : page.select(".tile .value, .health-table tbody td")) {
      boolean ofOthers = figure.text().equals("100%"); // accuracy, coverage: none of the others
      if (figure.text().matches("[1-9].*") && !figure.text().contains("/") && !ofOthers) {
        assertThat(figure.select("a[href]")).as(figure.parent().text()).isNotEmpty();
      }
    }
    Element repeats = page.select(".tile .value a[href*=measure=repeats]").first();
    assertThat(repeats.text()).isEqualTo("1");
    assertThat(live.get(repeats.attr("href")).body()).contains("c-2").doesNotContain("c-3");
  }

  @Test
  void aListOfMoreCasesThanAPageHoldsLeadsOn() {
    Document first = Jsoup.parse(live.get("/desk/cases?measure=cases&most=2").body());
    assertThat(first.select(".case-list li")).hasSize(2);
    assertThat(first.select(".lead").text()).contains("The latest 2 cases");
    String more = first.select("a.button[href*=most]").attr("href");
    Document all = Jsoup.parse(live.get(more).body());
    assertThat(all.select(".case-list li")).hasSize(5);
    assertThat(all.select("a.button[href*=most]")).isEmpty();
  }

  @Test
  void anArticlesHealthAndWhoCameBackAreTold() {
    JsonNode health = live.get("/api/v1/articles/kb-1/health").json();
    assertThat(health.get("repeat").get("given").asInt()).isEqualTo(1);
    assertThat(health.get("repeat").get("returned").asInt()).isEqualTo(1);
    assertThat(health.get("change").isNull()).isTrue();
    assertThat(health.get("editions").get(0).get("present").asBoolean()).isTrue();
    isProblem(live.get("/api/v1/articles/none/health"), 404, "no article none");
    JsonNode list = live.get("/api/v1/article-health?order=worse&limit=1").json();
    assertThat(list.get("articles").get(0).get("articleId").asText()).isEqualTo("kb-1");
    assertThat(
            live.get("/api/v1/article-health?after=" + list.get("next").asText())
                .json()
                .get("articles"))
        .hasSize(3);
    JsonNode returns = live.get("/api/v1/repeat-contacts").json().get("repeatContacts");
    assertThat(returns).hasSize(1);
    assertThat(returns.get(0).get("repeatOf").asText()).isEqualTo("c-1");
    assertThat(returns.get(0).get("articles").get(0).asText()).isEqualTo("kb-1");
  }

  @Test
  void gapsAreFilteredRankedAndSummedUp() {
    JsonNode page = live.get("/api/v1/gaps?segment=vip").json();
    assertThat(page.get("gaps").get(0).get("cases")).hasSize(1);
    assertThat(live.get("/api/v1/gaps?segment=none").json().get("gaps")).isEmpty();
    JsonNode all = live.get("/api/v1/gaps?order=newest").json();
    String id = all.get("gaps").get(0).get("id").asText();
    assertThat(all.get("ranks").get(0).get("gapId").asText()).isEqualTo(id);
    assertThat(all.get("pareto").get("of").asInt()).isEqualTo(1);
    assertThat(live.get("/api/v1/gaps/" + id + "/rank").json().get("rank").asInt()).isEqualTo(1);
    isProblem(live.get("/api/v1/gaps/gap-99/rank"), 404, "no gap gap-99");
    isProblem(live.get("/api/v1/gaps?order=luck"), 400, "is none of impact");
  }

  @Test
  void aSubjectHeldBackIsToldWithoutItsWords() {
    JsonNode heldBack = live.get("/api/v1/held-back").json();
    assertThat(heldBack.get("count").asInt()).isEqualTo(1);
    assertThat(heldBack.get("ofOneCustomer").asInt()).isEqualTo(1);
    assertThat(heldBack.get("subjects").get(0).get("cases").get(0).asText()).isEqualTo("c-5");
    assertThat(heldBack.toString()).doesNotContain("giraffe");
  }

  @Test
  void weightsAreDecidedOnWhatWasSeen() {
    LiveDesk.Answer seen = live.get("/api/v1/weights");
    assertThat(seen.json().get("decided").asBoolean()).isFalse();
    isProblem(put(null, "{\"weights\":null}"), 428, "If-Match");
    isProblem(put(seen.header("ETag"), "{\"weights\":{\"factors\":{\"luck\":1}}}"), 400, "luck");
    isProblem(
        put(seen.header("ETag"), "{\"weights\":{\"segments\":{\"vip\":\"much\"}}}"),
        400,
        "segments.vip");
    double before =
        live.get("/api/v1/gaps").json().get("gaps").get(0).get("impact").get("score").asDouble();
    LiveDesk.Answer decided =
        put(seen.header("ETag"), "{\"weights\":{\"segments\":{\"vip\":3}},\"by\":\"Kim\"}");
    assertThat(decided.json().get("decisions").get(0).get("by").asText()).isEqualTo("Kim");
    JsonNode impact = live.get("/api/v1/gaps").json().get("gaps").get(0).get("impact");
    assertThat(impact.get("segmentWeight").asDouble()).isEqualTo(2);
    assertThat(impact.get("score").asDouble() / before).isBetween(1.99, 2.01);
    isProblem(put(seen.header("ETag"), "{\"weights\":null}"), 412, "changed");
    assertThat(put(decided.header("ETag"), "{\"weights\":null}").json().get("decided").asBoolean())
        .isFalse();
  }
}
