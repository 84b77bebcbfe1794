package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class GapCasesOverHttpTest {
  private static final int CASES = 23;

  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    live.put(
        "/api/v1/articles/kb-calendar",
        "{\"title\":\"Export the calendar to a file\",\"body\":\"Choose Export calendar.\",\"language\":\"en\",\"versions\":\"<3\"}");
    live.put(
        "/api/v1/articles/kb-printer",
        "{\"title\":\"The printer prints blank pages\",\"body\":\"Clean the print heads.\",\"language\":\"en\"}");
    for (int i = 0; i < CASES; i++) {
      asks(i, i % 2 == 0 ? "solved" : "escalated");
    }
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private static String id(int number) {
    return "cal/%02d".formatted(number);
  }

  /** A day apart, from a Sunday on. */
  private void asks(int number, String resolution) {
    String day = "2026-01-%02dT15:3".formatted(4 + number);
    live.post(
        "/api/v1/cases",
        "{\"id\":\"%s\",\"customerId\":\"cu-%d\",\"version\":\"3.1\",\"openedAt\":\"%s0:00Z\"}"
            .formatted(id(number), number, day));
    String path = "/api/v1/cases/" + id(number).replace("/", "%2F");
    live.post(
        path + "/messages",
        "{\"from\":\"customer\",\"text\":\"How do I export the calendar to a <file>?\",\"at\":\"%s1:00Z\"}"
            .formatted(day));
    if (number == CASES - 1) {
      live.post(
          path + "/articles",
          "{\"id\":\"kb-printer\",\"action\":\"dismissed\",\"at\":\"%s2:00Z\"}".formatted(day));
    }
    live.post(
        path + "/close", "{\"at\":\"%s3:00Z\",\"resolution\":\"%s\"}".formatted(day, resolution));
  }

  private Document page(String path, String language) {
    LiveDesk.Answer answer =
        live.send(
            live.to(path).header("Accept", "text/html").header("Accept-Language", language).GET());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Jsoup.parse(answer.body());
  }

  @Test
  void theCasesOfAGapComeInPagesWithWhatTheyShow() {
    List<String> read = new ArrayList<>();
    JsonNode first = live.get("/api/v1/gaps/gap-1/cases?limit=10").json();
    JsonNode page = first;
    while (!page.get("next").isNull()) {
      page.get("cases").forEach(one -> read.add(one.get("caseId").asText()));
      String after = page.get("next").asText().replace("/", "%2F");
      page = live.get("/api/v1/gaps/gap-1/cases?limit=10&after=" + after).json();
    }
    page.get("cases").forEach(one -> read.add(one.get("caseId").asText()));
    assertThat(read).hasSize(CASES).doesNotHaveDuplicates();
    assertThat(read.getFirst()).isEqualTo(id(CASES - 1));
    assertThat(read.getLast()).isEqualTo(id(0));

    JsonNode latest = first.get("cases").get(0);
    assertThat(latest.get("outcome").asText()).isEqualTo("no-match");
    assertThat(latest.get("reason").asText()).isEqualTo("other-version");
    assertThat(latest.get("dismissed").get(0).asText()).isEqualTo("kb-printer");
    assertThat(latest.get("given")).isEmpty();
    assertThat(latest.get("resolution").asText()).isEqualTo("solved");
    assertThat(latest.get("closedAt").asText()).isEqualTo("2026-01-26T15:33:00Z");
    JsonNode signals = first.get("signals");
    assertThat(signals.get("cases").asInt()).isEqualTo(CASES);
    assertThat(signals.get("noMatch").get("other-version").asInt()).isEqualTo(CASES);
    assertThat(signals.get("notCaptured").asInt()).isEqualTo(12);
    assertThat(signals.get("escalated").asInt()).isEqualTo(11);
    assertThat(signals.get("dismissed").asInt()).isEqualTo(1);
    assertThat(signals.has("silent")).isFalse();

    isProblem(live.get("/api/v1/gaps/gap-1/cases?after=gap-1"), 400);
    isProblem(live.get("/api/v1/gaps/gap-1/cases?limit=0"), 400);
    isProblem(live.get("/api/v1/gaps/gap-77/cases"), 404);
  }

  @Test
  void aGapsPageShowsTheLatestCasesAndLeadsToAll() {
    Document page = page("/gaps/gap-1", "en");
    assertThat(page.select(".gap-cases tbody tr")).hasSize(20);
    assertThat(page.select(".gap-cases tbody tr").first().text().replace('\u202F', ' '))
        .isEqualTo(
            "cal/22 Jan 26, 2026, 3:33 PM How do I export the calendar to a <file>?"
                + " No article: only for another version nothing Dismissed: The printer prints blank pages Solved");
    assertThat(page.select(".gap-cases tbody a").first().attr("href"))
        .isEqualTo("/agent?case=cal%2F22");
    assertThat(page.select(".signals").text())
        .isEqualTo(
            "23 cases found no article (only for another version: 23) · in 1 the agent dismissed an article"
                + " · 12 were solved without an article (known, not captured) · 11 were escalated");
    String all = page.select("a[href$=/cases]").attr("href");
    assertThat(page.select("a[href$=/cases]").text()).isEqualTo("All 23 cases");
    assertThat(page(all, "ko").select(".gap-cases tbody tr")).hasSize(CASES);
    assertThat(page(all, "ko").select(".signals").text())
        .startsWith("문서를 찾지 못함 23건(다른 버전 문서뿐 23건)");

    Document week = page("/gaps/gap-1?week=2026-01-12", "en");
    assertThat(week.select(".gap-cases tbody tr")).hasSize(7);
    assertThat(week.select(".gap-cases tbody td:first-child a").eachText())
        .first()
        .isEqualTo("cal/14");
    assertThat(week.select(".signals")).isEmpty();
    assertThat(page("/gaps/gap-1/cases?week=2026-01-12", "en").select(".gap-cases tbody tr"))
        .hasSize(7);
    assertThat(
            live.send(live.to("/gaps/gap-1/cases?after=x").header("Accept", "text/html").GET())
                .status())
        .isEqualTo(400);
  }

  @Test
  void whatToDoIsSaidAndNamesTheVersions() {
    JsonNode gap = live.get("/api/v1/gaps/gap-1").json();
    assertThat(gap.get("step").asText()).isEqualTo("cover-version");
    assertThat(gap.get("versions").get(0).asText()).isEqualTo("3.1");
    assertThat(live.get("/api/v1/gaps").json().get("gaps").get(0)).isEqualTo(gap);
    String said = "What to do: Update the article for version 3.1, or write one for it.";
    assertThat(page("/gaps/gap-1", "en").select(".step").text()).isEqualTo(said);
    assertThat(page("/gaps", "en").select(".step").text()).isEqualTo(said);
    assertThat(page("/gaps/gap-1", "ko").select(".step").text())
        .isEqualTo("할 일: 버전 3.1에 맞게 문서를 고치거나 새로 쓰세요.");
    change("{\"state\":\"dismissed\",\"reason\":\"old\"}");
    assertThat(live.get("/api/v1/gaps/gap-1").json().get("step").isNull()).isTrue();
    assertThat(page("/gaps/gap-1", "en").select(".step")).isEmpty();
  }

  private void change(String body) {
    String etag = live.get("/api/v1/gaps/gap-1").header("ETag");
    LiveDesk.Answer answer =
        live.send(
            live.to("/api/v1/gaps/gap-1")
                .header("If-Match", etag)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void theListMayBeThatOfOneOwner() {
    assertThat(page("/gaps", "en").select("#whose")).isEmpty();
    change("{\"owner\":\"Mina\"}");
    assertThat(live.get("/api/v1/gaps?owner=mina").json().get("gaps")).hasSize(1);
    assertThat(live.get("/api/v1/gaps?owner=Lee").json().get("gaps")).isEmpty();
    assertThat(live.get("/api/v1/gaps?owner=").json().get("gaps")).hasSize(1);
    assertThat(live.get("/api/v1/gap-export?owner=Lee").json().get("gaps")).isEmpty();

    Document none = page("/gaps?owner=Lee", "en");
    assertThat(none.select("li.gap")).isEmpty();
    assertThat(none.select("#whose option").eachText()).containsExactly("All", "Lee", "Mina");
    assertThat(none.select("#whose option[selected]").text()).isEqualTo("Lee");
    Document minas = page("/gaps?owner=Mina", "ko");
    assertThat(minas.select("li.gap")).hasSize(1);
    assertThat(minas.select("#bulk input[name=query]").val()).isEqualTo("owner=Mina");
  }

  @Test
  void whoIsSignedInMayChooseTheirOwn(@TempDir Path other) {
    try (GuardedDesk desk = GuardedDesk.on(other)) {
      String cookie = desk.signIn("Mina", GuardedDesk.PASSWORD);
      Document page = Jsoup.parse(desk.page("/gaps?owner=mina", cookie).body());
      assertThat(page.select("#whose option").eachText()).containsExactly("All", "Mine");
      assertThat(page.select("#whose option[selected]").attr("value")).isEqualTo("Mina");
    }
  }

  @Test
  void anArticleThatWasRemovedIsNoLink() {
    assertThat(page("/gaps/gap-1", "en").select("section[aria-labelledby=article] a").attr("href"))
        .isEqualTo("/articles/kb-calendar");
    live.send(live.to("/api/v1/articles/kb-calendar").DELETE());
    live.send(live.to("/api/v1/articles/kb-printer").DELETE());
    Document page = page("/gaps/gap-1", "en");
    assertThat(page.select("section[aria-labelledby=article]").text())
        .isEqualTo("The article concerned This article was removed (kb-calendar)");
    assertThat(page.select("main a[href^=/articles/]")).isEmpty();
    assertThat(page.select(".gap-cases tbody tr").first().text())
        .contains("Dismissed: This article was removed (kb-printer)");
    assertThat(page("/gaps/gap-1", "ko").select("section[aria-labelledby=article]").text())
        .endsWith("삭제된 문서입니다(kb-calendar)");
  }
}
