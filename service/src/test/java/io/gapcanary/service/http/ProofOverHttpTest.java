package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Desk;
import io.gapcanary.LinkAction;
import io.gapcanary.Message;
import io.gapcanary.kb.Article;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What managers and programs are told after a remedy is there, or proves not to be needed. */
@Tag("slow")
class ProofOverHttpTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");
  private static final String GIRAFFE = "How do I feed my giraffe in winter?";
  private static final String PASSWORD = "I forgot my password";

  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    put("reset-password", "Reset a forgotten password", "Click Forgot password.");
    put("printer", "The printer prints blank pages", "Clean the print heads.");
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private void put(String id, String title, String body) {
    live.desk().articles().put(Article.builder(id, title, body).language("en").build());
  }

  private void story(
      String id, String customer, String after, String asks, @Nullable String linked) {
    Desk desk = live.desk();
    Instant at = MONDAY.plus(Duration.parse(after));
    desk.assist().open(CaseOpening.builder().id(id).openedAt(at).customerId(customer).build());
    desk.assist().hear(id, Message.customer(asks).at(at.plusSeconds(60)));
    if (linked != null) {
      desk.assist().link(id, linked, LinkAction.LINKED, at.plusSeconds(120));
    }
    desk.assist().close(id, Closing.at(at.plusSeconds(600), null));
  }

  private void giraffes() {
    story("g1", "ann", "PT0S", GIRAFFE, null);
    story("g2", "bob", "PT1H", GIRAFFE, null);
    story("p0", "eve", "P1D", PASSWORD, "reset-password");
    story("p1", "joe", "P1DT1H", "The printer prints blank pages", "printer");
  }

  private Document page(String path, String language) {
    return Jsoup.parse(
        live.send(
                live.to(path)
                    .header("Accept", "text/html")
                    .header("Accept-Language", language)
                    .GET())
            .body());
  }

  @Test
  void whatAnArticleBroughtIsToldByTheApiAndOnThePages() {
    giraffes();
    isProblem(live.get("/api/v1/gaps/gap-1/proof"), 404);
    put("thief", PASSWORD, PASSWORD + ".\n\n" + GIRAFFE + " Feed a giraffe hay in winter.");
    JsonNode proof = live.get("/api/v1/gaps/gap-1/proof").json();
    assertThat(proof.at("/replay/answered").asInt()).isEqualTo(1);
    assertThat(proof.at("/replay/questions/0/after").asText()).isEqualTo("thief");
    assertThat(proof.at("/harmed").asInt()).isEqualTo(1);
    assertThat(proof.at("/replay/harmed/0/caseId").asText()).isEqualTo("p0");
    JsonNode gap = live.get("/api/v1/gaps/gap-1").json();
    assertThat(gap.at("/state").asText()).isEqualTo("published");
    assertThat(gap.at("/replayed/passes").asBoolean()).isTrue();
    assertThat(gap.at("/replayed/harmed").asInt()).isEqualTo(1);

    Document page = page("/gaps/gap-1", "en");
    assertThat(page.select("section[aria-labelledby=proof]").text())
        .contains("1 of its 1 questions are answered", "That is enough", PASSWORD);
    assertThat(page.select("section[aria-labelledby=proof] a[href*=p0]")).isNotEmpty();
    assertThat(page.select(".history").text()).contains("One of 2 other questions leads elsewhere");
    assertThat(page("/gaps", "en").select(".gap .warning").text())
        .contains("One question of another case now leads elsewhere");
    assertThat(page("/gaps/gap-1", "ko").select("section[aria-labelledby=proof]").text())
        .contains("질문 1건 가운데 1건에 답할 수 있습니다", "이 정도면 충분합니다");
  }

  @Test
  void whatIsPublishedAndAnswersNothingIsSaidPlainly() {
    giraffes();
    long version = live.get("/api/v1/gaps/gap-1").json().get("version").asLong();
    LiveDesk.Answer published =
        live.send(
            live.to("/api/v1/gaps/gap-1")
                .header("If-Match", "\"" + version + "\"")
                .method(
                    "PATCH",
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"state\":\"published\"}")));
    assertThat(published.status()).as(published.body()).isEqualTo(200);
    assertThat(published.json().at("/replayed/passes").asBoolean()).isFalse();
    assertThat(page("/gaps", "en").select(".gap .warning").text())
        .contains("only 0 of 1 questions are answered");
    assertThat(page("/gaps", "ko").select(".gap .warning").text()).contains("게시했지만 질문 1건 가운데 0건에만");
    assertThat(page("/gaps/gap-1", "en").select("section[aria-labelledby=proof]").text())
        .contains("No question is answered. Next:", GIRAFFE);
  }

  /** Nine of the first fifteen come back by chance; sixty more do not. */
  private void withdrawn() {
    for (int i = 0; i < 15; i++) {
      story("a" + i, "cu" + i, "PT" + i + "H", PASSWORD, "reset-password");
    }
    for (int i = 0; i < 9; i++) {
      story("b" + i, "cu" + i, "P1DT" + i + "H", "I forgot my password again", null);
    }
    assertThat(live.get("/api/v1/gaps/gap-1").status()).isEqualTo(200);
    for (int i = 0; i < 60; i++) {
      story("h" + i, "ch" + i, "P20DT" + i + "H", PASSWORD, "reset-password");
    }
  }

  @Test
  void aWithdrawnGapSaysSoAtItsAddress() {
    withdrawn();
    LiveDesk.Answer gone = live.get("/api/v1/gaps/gap-1");
    isProblem(gone, 410);
    assertThat(gone.json().at("/gap/id").asText()).isEqualTo("gap-1");
    assertThat(gone.json().at("/gap/kind").asText()).isEqualTo("incomplete");
    assertThat(gone.json().at("/gap/why/what").asText()).isEqualTo("withdrawn");
    assertThat(gone.json().at("/gap/why/details/returned").asInt()).isEqualTo(9);
    assertThat(gone.json().at("/gap/at").asText()).isNotEmpty();
    isProblem(live.get("/api/v1/gaps/gap-1/replay"), 410);
    isProblem(live.get("/api/v1/gaps/gap-99"), 404);
    LiveDesk.Answer shown =
        live.send(
            live.to("/gaps/gap-1")
                .header("Accept", "text/html")
                .header("Accept-Language", "ko")
                .GET());
    assertThat(shown.status()).isEqualTo(410);
    assertThat(Jsoup.parse(shown.body()).text()).contains("공백으로 판단했다가", "가운데 9건에서 고객이 다시 문의했습니다");
    assertThat(page("/gaps/gap-1", "en").text())
        .contains("This was taken for a gap and withdrawn on", "Nothing is to be done");
  }

  @ParameterizedTest
  @CsvSource({"en,An article has suddenly become worse", "ko,갑자기 나빠진 문서 1건"})
  void anArticleThatBecameWorseIsAboveTheGaps(String language, String said) {
    for (int i = 0; i < 25; i++) {
      story("a" + i, "cu" + i, "PT" + i + "H", PASSWORD, "reset-password");
    }
    for (int i = 0; i < 8; i++) {
      story("b" + i, "cb" + i, "P30DT" + i + "H", PASSWORD, "reset-password");
    }
    for (int i = 0; i < 8; i++) {
      story("c" + i, "cb" + i, "P32DT" + i + "H", PASSWORD, null);
    }
    JsonNode worse = live.get("/api/v1/articles-worse").json().get("articles");
    assertThat(worse).hasSize(1);
    assertThat(worse.at("/0/articleId").asText()).isEqualTo("reset-password");
    assertThat(worse.at("/0/change/kind").asText()).isEqualTo("time");
    Document page = page("/gaps", language);
    assertThat(page.select(".worse h2").text()).isEqualTo(said);
    assertThat(page.select(".worse a[href*=reset-password]")).hasSize(1);
  }

  @Test
  void heldBackSubjectsNameTheirKindAndArticle() {
    live.desk()
        .articles()
        .put(
            Article.builder("export", "Export the calendar to a file", "Choose Export.")
                .language("en")
                .versions("<3")
                .build());
    Desk desk = live.desk();
    desk.assist()
        .open(
            CaseOpening.builder()
                .id("e1")
                .openedAt(MONDAY)
                .customerId("ed")
                .version("3.1")
                .build());
    desk.assist()
        .hear("e1", Message.customer("How do I export the calendar to a file?").at(MONDAY));
    desk.assist().close("e1", Closing.at(MONDAY.plusSeconds(600), null));
    JsonNode heldBack = live.get("/api/v1/held-back").json();
    assertThat(heldBack.at("/kinds/superseded").asInt()).isEqualTo(1);
    assertThat(heldBack.at("/subjects/0/kind").asText()).isEqualTo("superseded");
    assertThat(heldBack.at("/subjects/0/articleId").asText()).isEqualTo("export");
    assertThat(page("/gaps/held-back", "ko").select(".held-back-list").text())
        .contains("Export the calendar to a file");
  }
}
