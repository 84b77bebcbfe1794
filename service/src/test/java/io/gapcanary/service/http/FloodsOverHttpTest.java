package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FloodsOverHttpTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final String TEXT = "How do I feed my giraffe in winter?";

  private LiveDesk live;

  @BeforeEach
  void start(@TempDir Path folder) {
    live = LiveDesk.on(folder);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private JsonNode one(int i, String text) {
    Instant at = NOON.plusSeconds(i);
    String id = "bot-" + i;
    live.post(
        "/api/v1/cases",
        "{\"id\":\"%s\",\"openedAt\":\"%s\",\"customerId\":\"c%d\",\"channel\":\"web\"}"
            .formatted(id, at, i));
    live.post(
        "/api/v1/cases/" + id + "/messages",
        "{\"from\":\"customer\",\"text\":\"%s\",\"at\":\"%s\"}".formatted(text, at));
    return live.post(
            "/api/v1/cases/" + id + "/close", "{\"at\":\"%s\"}".formatted(at.plusMillis(500)))
        .json();
  }

  private void flood() {
    for (int i = 0; i < 40; i++) {
      one(i, TEXT);
    }
  }

  private Document page(String path, String language) {
    LiveDesk.Answer answer =
        live.send(live.to(path).header("Accept-Language", language).header("Accept", "text/html"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Jsoup.parse(answer.body());
  }

  @Test
  void aFloodIsToldAndItsCasesAreListed() {
    assertThat(one(0, TEXT).has("setAside")).as("an ordinary line is as ever").isFalse();
    for (int i = 1; i < 40; i++) {
      one(i, TEXT);
    }
    assertThat(one(40, TEXT).get("setAside").asBoolean()).isTrue();

    JsonNode list = live.get("/api/v1/floods").json();
    assertThat(list.get("cases").asInt()).isEqualTo(40);
    assertThat(list.get("texts").asInt()).isEqualTo(1);
    JsonNode flood = list.get("floods").get(0);
    assertThat(flood.get("question").asText()).isEqualTo(TEXT);
    assertThat(flood.get("counted").asText()).isEqualTo("bot-0");
    assertThat(flood.get("channels").get(0).asText()).isEqualTo("web");
    String id = flood.get("id").asText();
    assertThat(live.get("/api/v1/floods/" + id).json()).isEqualTo(flood);
    assertThat(live.get("/api/v1/floods/" + id + "/cases?limit=3").json().get("cases"))
        .extracting(JsonNode::asText)
        .containsExactly("bot-40", "bot-39", "bot-38");
    assertThat(live.get("/api/v1/floods/flood-99").status()).isEqualTo(404);
    assertThat(live.get("/metrics").body())
        .contains("gapcanary_flood_cases 40.0", "gapcanary_flood_texts 1.0");
    assertThat(live.get("/api/v1/gaps").json().get("gaps")).isEmpty();
  }

  @Test
  void aManagerSaysThatTheyArePeople() {
    flood();
    String id = live.get("/api/v1/floods").json().at("/floods/0/id").asText();

    assertThat(live.put("/api/v1/floods/" + id, "{\"people\":\"yes\"}").status()).isEqualTo(400);
    assertThat(live.put("/api/v1/floods/flood-9", "{\"people\":true}").status()).isEqualTo(404);
    JsonNode decided = live.put("/api/v1/floods/" + id, "{\"people\":true,\"by\":\"Mina\"}").json();
    assertThat(decided.get("people").asBoolean()).isTrue();
    assertThat(decided.get("decidedBy").asText()).isEqualTo("Mina");

    live.desk().floods().countReleased(1000);
    assertThat(live.get("/api/v1/gaps").json().at("/gaps/0/cases")).hasSize(40);
    assertThat(live.get("/api/v1/floods").json().get("cases").asInt()).isZero();
  }

  @Test
  void thePagesTellOfItAndOneFormReleasesIt() {
    assertThat(page("/gaps/floods", "en").text()).contains("No case is set aside");
    assertThat(page("/gaps", "en").text()).doesNotContain("set aside");
    flood();

    assertThat(page("/gaps", "en").text())
        .contains("39 cases that look like a machine’s are set aside: one text.");
    Document korean = page("/gaps", "ko");
    assertThat(korean.text()).contains("기계가 보낸 것으로 보이는 상담 39건(문구 1가지)을 따로 두었습니다.");
    assertThat(korean.select("a[href=/gaps/floods]")).hasSize(1);
    Document page = page("/gaps/floods", "en");
    assertThat(page.text()).contains(TEXT, "39 cases set aside", "More than 30".toLowerCase());
    assertThat(page.select("a[href=/agent?case=bot-39]")).hasSize(1);
    assertThat(page.select("form[method=post] button").text()).contains("These are real people");

    assertThat(page("/agent?case=bot-39", "en").text()).contains("set aside and counts nowhere");
    assertThat(page("/agent?case=bot-0", "en").text()).doesNotContain("set aside");

    String id = page.selectFirst("input[name=id]").attr("value");
    LiveDesk.Answer sent = live.form("/gaps/floods", "id=" + id + "&people=true&by=Mina");
    assertThat(sent.status()).isEqualTo(303);
    live.desk().floods().countReleased(1000);

    assertThat(page("/gaps/floods", "ko").text()).contains("실제 고객이라고 Mina 님이", "다시 따로 두기");
    assertThat(page("/gaps", "en").text()).doesNotContain("set aside");
  }

  @Test
  void aGapTellsOfTheCasesAlikeThatAreSetAside() {
    for (int i = 0; i < 3; i++) {
      Instant at = NOON.minus(Duration.ofDays(i + 1));
      live.post(
          "/api/v1/cases",
          "{\"id\":\"real-%d\",\"openedAt\":\"%s\",\"customerId\":\"r%d\"}".formatted(i, at, i));
      live.post(
          "/api/v1/cases/real-" + i + "/messages",
          "{\"from\":\"customer\",\"text\":\"%s\",\"at\":\"%s\"}"
              .formatted("What does my giraffe eat in winter, feed number " + i + "?", at));
      live.post(
          "/api/v1/cases/real-" + i + "/close", "{\"at\":\"%s\"}".formatted(at.plusSeconds(60)));
    }
    flood();
    assertThat(page("/gaps/gap-1", "en").text())
        .contains("39 more cases ask this in the same words and are set aside as a machine’s.");
  }
}
