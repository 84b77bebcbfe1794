package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.gapcanary.service.Ran;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.serve.ServeSettings;
import io.gapcanary.service.webhook.WebhookSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What customers ask at this moment, and nothing answers. */
@Tag("slow")
class OpenNowOverHttpTest {
  private static final List<String> GIRAFFES =
      List.of(
          "How do I feed my giraffe in winter?",
          "What to feed a giraffe in winter?",
          "feed giraffe in winter please",
          "How should I feed the giraffe in winter?",
          "Must I feed a giraffe more in winter?");

  private LiveDesk live;

  @BeforeEach
  void start(@TempDir Path folder) {
    live =
        LiveDesk.on(
            folder,
            new ServeSettings(
                "127.0.0.1",
                0,
                false,
                AccessSettings.DEFAULT,
                StreamSettings.DEFAULT,
                new WebhookSettings(true, Duration.ofSeconds(5), 10)),
            Ran.CLOCK);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private void giraffes(String name, int cases) {
    for (int i = 0; i < cases; i++) {
      String id = name + i;
      live.post("/api/v1/cases", "{\"id\":\"" + id + "\",\"customerId\":\"of " + id + "\"}");
      live.post(
          "/api/v1/cases/" + id + "/messages",
          "{\"from\":\"customer\",\"text\":\"" + GIRAFFES.get(i) + "\"}");
    }
  }

  private void close(String id) {
    live.post("/api/v1/cases/" + id + "/close", "{}");
  }

  private void look() {
    int changed = 1;
    while (changed > 0) {
      changed = live.desk().lookAtOpenCases(100);
    }
  }

  private Document page(String path, String language) {
    LiveDesk.Answer answer =
        live.send(live.to(path).header("Accept-Language", language).header("Accept", "text/html"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Jsoup.parse(answer.body());
  }

  @Test
  void whatHasNoGapYetIsToldApartFromTheGaps() {
    giraffes("g-", 3);
    look();
    JsonNode now = live.get("/api/v1/open-now").json();
    assertThat(now.get("cases").asInt()).isEqualTo(3);
    assertThat(now.get("gaps")).isEmpty();
    JsonNode forming = now.get("forming").get(0);
    assertThat(forming.get("kind").asText()).isEqualTo("missing");
    assertThat(forming.get("title").asText()).contains("giraffe");
    assertThat(forming.get("customers").asInt()).isEqualTo(3);
    assertThat(forming.get("cases"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("g-0", "g-1", "g-2");
    assertThat(live.get("/api/v1/gaps").json().get("gaps")).isEmpty();
    assertThat(live.get("/api/v1/held-back").json().get("count").asInt()).isZero();
    assertThat(live.get("/api/v1/cases/g-1/suggestions").json().at("/forming/openNow").asInt())
        .isEqualTo(2);
  }

  @Test
  void thePagesShowWhatIsFormingWithItsCasesInBothLanguages() {
    giraffes("g-", 3);
    look();
    for (String path : List.of("/gaps", "/")) {
      Element english = page(path, "en").selectFirst(".forming");
      assertThat(english.text())
          .contains("Asked right now, no gap yet", "3 open now", "giraffe", "3 customers since");
      assertThat(english.select("a[href='/agent?case=g-2']")).hasSize(1);
      assertThat(page(path, "ko").selectFirst(".forming").text())
          .contains("아직 공백은 아니지만 지금 여러 고객이 묻고 있는 내용", "지금 진행 중 3건", "고객 3명이 물었습니다");
    }
    assertThat(page("/desk", "en").text()).contains("Open, unanswered");
    close("g-0");
    close("g-1");
    look();
    Document list = page("/gaps", "en");
    assertThat(list.select(".forming")).isEmpty();
    assertThat(list.selectFirst(".gap .open-now").text()).isEqualTo("1 open now");
    assertThat(list.selectFirst(".gap .numbers").text()).contains("2 cases");
    Document gap = page("/gaps/gap-1", "en");
    assertThat(gap.selectFirst(".forming").text())
        .contains("One conversation that is open now asks this, from 1 customer.")
        .contains("in none of the figures");
    assertThat(gap.select(".forming a[href='/agent?case=g-2']")).hasSize(1);
    assertThat(page("/gaps/gap-1", "ko").selectFirst(".forming").text())
        .contains("지금 진행 중인 상담 1건에서 고객 1명이 이것을 묻고 있습니다.");
  }

  @Test
  void aGapTellsHowManyAskItNowBesideItsFigures() {
    giraffes("g-", 2);
    close("g-0");
    close("g-1");
    giraffes("h-", 3);
    look();
    JsonNode gap = live.get("/api/v1/gaps").json().at("/gaps/0");
    assertThat(gap.get("cases")).hasSize(2);
    assertThat(gap.get("customers").asInt()).isEqualTo(2);
    assertThat(gap.at("/openNow/customers").asInt()).isEqualTo(3);
    assertThat(gap.at("/openNow/cases"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("h-0", "h-1", "h-2");
    assertThat(live.get("/api/v1/gaps/gap-1").json().get("openNow")).isEqualTo(gap.get("openNow"));
    JsonNode briefing = live.get("/api/v1/cases/h-1/suggestions").json().get("gap");
    assertThat(briefing.get("placeThisWeek").asInt()).isEqualTo(3);
    assertThat(briefing.get("openNow").asInt()).isEqualTo(2);
    Document console = page("/agent?case=h-1", "en");
    assertThat(console.text()).contains("2 other conversations that are open now ask the same.");
  }

  @Test
  void aListenerAndAWebhookAreToldOnce() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try (SseReader board = SseReader.of(live, "/api/v1/gaps/events", null)) {
      assertThat(board.next().name()).isEqualTo("snapshot");
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
      assertThat(live.post("/api/v1/webhooks", "{\"url\":\"" + url + "\"}").status())
          .isEqualTo(201);
      giraffes("g-", 5);
      look();
      SseReader.Event event = board.next();
      assertThat(event.name()).isEqualTo("forming");
      assertThat(event.json().get("what").asText()).isEqualTo("forming");
      assertThat(event.json().get("cases").asInt()).isEqualTo(5);
      assertThat(event.json().get("gap").isNull()).isTrue();
      assertThat(event.json().at("/forming/customers").asInt()).isEqualTo(5);
      assertThat(event.json().at("/forming/title").asText()).contains("giraffe");

      String body = told.poll(30, TimeUnit.SECONDS);
      assertThat(body)
          .contains("\"type\":\"gap.forming\"", "\"cases\":5", "\"customers\":5", "giraffe")
          .doesNotContain("g-1", "of g");
      look();
      close("g-0");
      close("g-1");
      assertThat(board.next().json().get("what").asText()).isEqualTo("raised");
      assertThat(told.poll(30, TimeUnit.SECONDS)).contains("gap.raised");
    } finally {
      receiver.stop(0);
    }
  }
}
