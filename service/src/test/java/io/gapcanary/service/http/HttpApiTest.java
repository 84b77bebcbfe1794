package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.service.SmallDesk;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpApiTest {
  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    assertThat(live.post("/api/v1/articles", SmallDesk.ARTICLES).json().get("accepted").asInt())
        .isEqualTo(4);
  }

  @AfterEach
  void stop() {
    live.close();
  }

  static void isProblem(LiveDesk.Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    for (String member : List.of("type", "title", "detail", "instance")) {
      assertThat(problem.get(member).asText()).as(member).isNotBlank();
    }
  }

  private String open(String body) {
    LiveDesk.Answer answer = live.post("/api/v1/cases", body);
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().get("id").asText();
  }

  @Test
  void anArticleIsPutReplacedReadAndListed() {
    String article =
        "{\"title\":\"Change the battery\",\"body\":\"Open the back.\",\"versions\":\">=2\"}";
    assertThat(live.put("/api/v1/articles/kb-9", article).status()).isEqualTo(201);
    assertThat(live.put("/api/v1/articles/kb-9", article).status()).isEqualTo(200);
    assertThat(live.get("/api/v1/articles/kb-9").json().get("versions").asText()).isEqualTo(">=2");

    JsonNode first = live.get("/api/v1/articles?limit=2").json();
    assertThat(first.get("articles")).hasSize(2);
    JsonNode rest = live.get("/api/v1/articles?limit=9&after=" + first.get("next").asText()).json();
    assertThat(rest.get("articles")).hasSize(3);
    assertThat(rest.get("next").isNull()).isTrue();
  }

  @Test
  void linesThatCannotBeUsedAreToldWithTheirNumber() {
    JsonNode answer =
        live.post(
                "/api/v1/articles",
                "{\"id\":\"a\",\"title\":\"T\",\"body\":\"B\"}\nnonsense\n{\"id\":\"b\",\"title\":\"T\"}\n")
            .json();
    assertThat(answer.get("accepted").asInt()).isEqualTo(1);
    assertThat(answer.get("rejected")).hasSize(2);
    assertThat(answer.get("rejected").get(0).get("line").asInt()).isEqualTo(2);
    assertThat(answer.get("rejected").get(1).get("reason").asText()).contains("body");
  }

  @Test
  void aCaseIsOpenedHeardSuggestedLinkedAndClosed() {
    String id = open("{\"customerId\":\"cu-1\",\"channel\":\"chat\"}");

    JsonNode heard =
        live.post(
                "/api/v1/cases/" + id + "/messages",
                "{\"id\":\"m-1\",\"from\":\"customer\",\"text\":\"How do I reset my password? It does not work\"}")
            .json();
    assertThat(heard.get("verdict").asText()).isEqualTo("answered");
    assertThat(heard.has("degraded")).isTrue();
    JsonNode best = heard.get("suggestions").get(0);
    assertThat(best.get("articleId").asText()).isEqualTo("kb-1");
    assertThat(best.get("probability").asDouble()).isBetween(0.0, 1.0);
    assertThat(best.get("passage").asText()).isNotBlank();
    assertThat(heard.has("gap")).isTrue();
    assertThat(live.get("/api/v1/cases/" + id + "/suggestions").json()).isEqualTo(heard);

    assertThat(
            live.post(
                    "/api/v1/cases/" + id + "/articles", "{\"id\":\"kb-1\",\"action\":\"linked\"}")
                .status())
        .isEqualTo(204);
    assertThat(live.get("/api/v1/cases/" + id).json().get("given").get(0).asText())
        .isEqualTo("kb-1");

    LiveDesk.Answer closed =
        live.post("/api/v1/cases/" + id + "/close", "{\"resolution\":\"solved\",\"tags\":[\"x\"]}");
    assertThat(closed.status()).isEqualTo(200);
    assertThat(closed.json().get("case").asText()).isEqualTo(id);
    assertThat(closed.json().get("outcome").asText()).isEqualTo("answered");
    assertThat(closed.json().get("given").get(0).asText()).isEqualTo("kb-1");
    assertThat(closed.json().get("matches").get(0).get("article").asText()).isEqualTo("kb-1");
  }

  @Test
  void aCaseMayCloseWithoutABody() {
    String id = open("{}");
    assertThat(live.post("/api/v1/cases/" + id + "/close", "").status()).isEqualTo(200);
  }

  @Test
  void sendingTheSameAgainIsHarmlessAndSomethingElseIsAConflict() {
    String opening = "{\"id\":\"c-1\",\"openedAt\":\"2026-11-30T09:00:00Z\",\"product\":\"Hub\"}";
    assertThat(live.post("/api/v1/cases", opening).status()).isEqualTo(201);
    assertThat(live.post("/api/v1/cases", opening).status()).isEqualTo(200);
    isProblem(live.post("/api/v1/cases", opening.replace("Hub", "Point")), 409);

    String message =
        "{\"id\":\"m-1\",\"from\":\"customer\",\"text\":\"The app closes\",\"at\":\"2026-11-30T09:01:00Z\"}";
    assertThat(live.post("/api/v1/cases/c-1/messages", message).status()).isEqualTo(200);
    assertThat(live.post("/api/v1/cases/c-1/messages", message).status()).isEqualTo(200);
    isProblem(live.post("/api/v1/cases/c-1/messages", message.replace("app", "lid")), 409);
    assertThat(live.get("/api/v1/cases/c-1").json().get("messages")).hasSize(1);
  }

  @Test
  void idsWithSlashesAndOtherSignsAreIds() {
    String id = "a%2Fb%20%22c%22%20%ED%95%9C";
    assertThat(live.put("/api/v1/articles/" + id, "{\"title\":\"T\",\"body\":\"B\"}").status())
        .isEqualTo(201);
    assertThat(live.get("/api/v1/articles/" + id).json().get("id").asText())
        .isEqualTo("a/b \"c\" 한");
  }

  @Test
  void textWithoutACaseIsSuggestedFor() {
    JsonNode answer =
        live.get("/api/v1/suggestions?q=reset+my+password+please+it+does+not+work&language=en")
            .json();
    assertThat(answer.get("suggestions").get(0).get("articleId").asText()).isEqualTo("kb-1");
    assertThat(live.get("/api/v1/suggestions?q=hello").json().get("verdict").asText())
        .isEqualTo("too-little-text");
  }

  @Test
  void aGapAppearsIsReadAndIsDecidedAbout() {
    raiseAGap();
    JsonNode list = live.get("/api/v1/gaps?kind=missing&state=open,assigned").json();
    JsonNode gap = list.get("gaps").get(0);
    assertThat(gap.get("title").asText()).contains("invoice");
    assertThat(gap.get("impact").get("score").asDouble()).isPositive();
    JsonNode later = live.get("/api/v1/gaps?asOf=2027-01-01T00:00:00Z").json();
    assertThat(later.get("asOf").asText()).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(later.get("gaps").get(0).get("impact").get("score").asDouble())
        .isLessThan(gap.get("impact").get("score").asDouble());
    String path = "/api/v1/gaps/" + gap.get("id").asText();
    LiveDesk.Answer read = live.get(path);
    String etag = read.header("ETag");
    assertThat(etag).matches("\"\\d+\"");

    isProblem(patch(path, null, "{\"owner\":\"Mina\"}"), 428);
    isProblem(patch(path, "\"999\"", "{\"owner\":\"Mina\"}"), 412);
    isProblem(patch(path, etag, "{}"), 400);
    isProblem(patch(path, etag, "{\"state\":\"verified\"}"), 400);
    isProblem(patch(path, etag, "{\"state\":\"dismissed\"}"), 400);
    isProblem(patch("/api/v1/gaps/gap-77", etag, "{\"owner\":\"Mina\"}"), 404);
    LiveDesk.Answer changed = patch(path, etag, "{\"owner\":\"Mina\",\"state\":\"assigned\"}");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.json().get("owner").asText()).isEqualTo("Mina");
    assertThat(changed.header("ETag")).isNotEqualTo(etag);
    isProblem(patch(path, etag, "{\"owner\":\"Joon\"}"), 412);
  }

  private void raiseAGap() {
    for (int i = 0; i < 4; i++) {
      String id = open("{\"customerId\":\"cu-" + i + "\"}");
      live.post(
          "/api/v1/cases/" + id + "/messages",
          "{\"from\":\"customer\",\"text\":\"Where can I download an invoice with the tax number of my company?\"}");
      live.post("/api/v1/cases/" + id + "/close", "{}");
    }
  }

  private LiveDesk.Answer patch(String path, String etag, String body) {
    HttpRequest.Builder request =
        live.to(path).method("PATCH", HttpRequest.BodyPublishers.ofString(body));
    return live.send(etag == null ? request : request.header("If-Match", etag));
  }

  @Test
  void theEventsOfACaseAreStreamed() throws Exception {
    String id = open("{}");
    HttpResponse<InputStream> stream =
        live.client()
            .send(
                live.to("/api/v1/cases/" + id + "/events")
                    .header("Accept", "text/event-stream")
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith(":");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("event: suggestions");
      assertThat(lines.readLine()).startsWith("data: {\"verdict\":\"too-little-text\"");
      assertThat(lines.readLine()).startsWith("id: ");
      live.post(
          "/api/v1/cases/" + id + "/messages",
          "{\"from\":\"customer\",\"text\":\"I need to reset my password\"}");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("event: suggestions");
      assertThat(lines.readLine()).startsWith("data: {\"verdict\":");
      assertThat(lines.readLine()).startsWith("id: ");
      live.post("/api/v1/cases/" + id + "/close", "{}");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("event: closed");
      assertThat(lines.readLine()).startsWith("data: {\"case\":\"" + id + "\"");
    }
  }

  @Test
  void operatorsSeeHealthAndMetrics() {
    assertThat(live.get("/health/live").status()).isEqualTo(200);
    assertThat(live.get("/health/ready").json().get("status").asText()).isEqualTo("ready");
    raiseAGap();
    live.get("/api/v1/nothing");
    String metrics = live.get("/metrics").body();
    assertThat(metrics)
        .contains(
            "http_server_requests_seconds_count{method=\"POST\",status=\"200\",uri=\"/api/v1/cases/{id}/messages\"} 4",
            "uri=\"unknown\"",
            "gapcanary_articles 4.0",
            "gapcanary_cases_closed 4.0",
            "gapcanary_cases_open 0.0",
            "gapcanary_gaps{kind=\"missing\",state=\"open\"} 1.0",
            "gapcanary_verdicts_total{reason=",
            "gapcanary_suggestions_seconds_count 4",
            "gapcanary_model_healthy 1.0");
  }
}
