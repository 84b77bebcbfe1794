package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReportOverHttpTest {
  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    for (int i = 0; i < 3; i++) {
      giraffe("g-" + i, i < 2 ? "2025-11-05" : "2025-11-12", i);
    }
  }

  private void giraffe(String id, String day, int hour) {
    String at = day + "T1" + hour;
    live.post(
        "/api/v1/cases",
        "{\"id\":\"%s\",\"customerId\":\"cu-%s\",\"openedAt\":\"%s:00:00Z\"}"
            .formatted(id, id, at));
    live.post(
        "/api/v1/cases/" + id + "/messages",
        "{\"from\":\"customer\",\"text\":\"How do I feed my giraffe in winter?\",\"at\":\"%s:01:00Z\"}"
            .formatted(at));
    live.post("/api/v1/cases/" + id + "/close", "{\"at\":\"%s:10:00Z\"}".formatted(at));
  }

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void aWeekIsReportedWithItsGapsAndFigures() {
    LiveDesk.Answer answer = live.get("/api/v1/report?week=2025-W45");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode report = answer.json();
    assertThat(report.get("week").asText()).isEqualTo("2025-W45");
    assertThat(report.get("from").asText()).isEqualTo("2025-11-03");
    JsonNode appeared = report.get("appeared").get("gaps").get(0);
    assertThat(appeared.get("turn").get("what").asText()).isEqualTo("raised");
    assertThat(appeared.get("casesOfWeek").asInt()).isEqualTo(2);
    assertThat(report.get("health").get("week").get("noMatchRate").get("rate").asDouble()).isOne();
    assertThat(report.get("todo").get(0).get("step").asText()).isEqualTo("write-article");

    JsonNode latest = live.get("/api/v1/report").json();
    assertThat(latest.get("week").asText()).as("nothing has happened since").isEqualTo("2025-W46");
    assertThat(latest.get("grown").get("gaps").get(0).get("latest").get(0).asText())
        .isEqualTo("g-2");
  }

  @Test
  void whatIsNoWeekIsRefused() {
    for (String none : new String[] {"2025-W54", "2025-45", "last"}) {
      isProblem(live.get("/api/v1/report?week=" + none), 400);
      assertThat(live.get("/report?week=" + none).status()).isEqualTo(400);
    }
  }

  @Test
  void thePagesNumbersLeadToTheirCasesAndSayWhatTheyAre() {
    Document page = Jsoup.parse(live.get("/report?week=2025-W46").body(), live.address());
    assertThat(page.select("table caption")).hasSameSizeAs(page.select("table")).isNotEmpty();
    assertThat(page.select("abbr"))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.attr("title")).isNotBlank());
    for (String link : page.select(".report-part a").eachAttr("href")) {
      assertThat(live.get(link.replaceFirst("#.*", "")).status()).as(link).isEqualTo(200);
    }
    assertThat(page.select("#grown + table a[href*='week=2025-11-10']").text()).isEqualTo("1");
    assertThat(page.select("#grown + table a[href*='week=2025-11-03']").text()).isEqualTo("2");
    String misses = page.select("#health + table a[href*='measure=no-match']").first().attr("href");
    Document cases = Jsoup.parse(live.get(misses).body());
    assertThat(cases.select("main .case-list li")).hasSize(1);
    assertThat(page.select("a[rel=prev]").attr("href")).isEqualTo("/report?week=2025-W45");
  }
}
