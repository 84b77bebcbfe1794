package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.Ran;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProblemsTest {
  private static LiveDesk live;

  @BeforeAll
  static void start(@TempDir Path folder) {
    live = LiveDesk.on(folder);
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  private static String open(String body) {
    LiveDesk.Answer answer = live.post("/api/v1/cases", body);
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().get("id").asText();
  }

  @Test
  void whatIsNotThereIsA404() {
    isProblem(live.get("/api/v1/nothing"), 404);
    isProblem(live.get("/api/v1/articles/none"), 404);
    isProblem(live.get("/api/v1/cases/none"), 404);
    isProblem(live.get("/api/v1/cases/none/suggestions"), 404);
    isProblem(live.get("/api/v1/cases/none/events"), 404);
    isProblem(live.get("/api/v1/gaps/gap-999"), 404);
    isProblem(
        live.post("/api/v1/cases/none/messages", "{\"from\":\"customer\",\"text\":\"x\"}"), 404);
    isProblem(live.post("/api/v1/cases/none/close", "{}"), 404);
    String id = open("{}");
    isProblem(
        live.post("/api/v1/cases/" + id + "/articles", "{\"id\":\"kb-77\",\"action\":\"linked\"}"),
        404);
  }

  @Test
  void aTimeMoreThanADayAheadIsA400ThatSaysWhyAndMovesNothing() {
    String far = Ran.CLOCK.instant().plus(Duration.ofHours(25)).toString();
    String soon = Ran.CLOCK.instant().plus(Duration.ofHours(23)).toString();
    String id = open("{}");
    Instant before = live.desk().now();
    String cases = "/api/v1/cases";
    LiveDesk.Answer opened = live.post(cases, "{\"openedAt\":\"" + far + "\"}");
    isProblem(opened, 400);
    assertThat(opened.json().get("detail").asText()).contains("openedAt", "ahead", "clock");
    String said = "{\"from\":\"customer\",\"text\":\"My giraffe is cold\",\"at\":\"%s\"}";
    isProblem(live.post(cases + "/" + id + "/messages", said.formatted(far)), 400);
    isProblem(live.post(cases + "/" + id + "/close", "{\"at\":\"" + far + "\"}"), 400);
    isProblem(
        live.post(
            cases + "/" + id + "/articles",
            "{\"id\":\"kb-1\",\"action\":\"opened\",\"at\":\"" + far + "\"}"),
        400);
    assertThat(live.desk().now()).isEqualTo(before);
    assertThat(live.post(cases + "/" + id + "/messages", said.formatted(soon)).status())
        .isEqualTo(200);
  }

  @Test
  void aCloseBeforeTheOpeningIsA400ThatSaysSo() {
    Instant opened = Ran.CLOCK.instant();
    String id = open("{\"openedAt\":\"" + opened + "\"}");
    String close = "/api/v1/cases/" + id + "/close";
    LiveDesk.Answer refused =
        live.post(close, "{\"at\":\"" + opened.minus(Duration.ofMinutes(1)) + "\"}");
    isProblem(refused, 400);
    assertThat(refused.json().get("detail").asText())
        .contains("at is " + opened.minus(Duration.ofMinutes(1)), id, "closed before it opened");
    assertThat(live.post(close, "{\"at\":\"" + opened + "\"}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"DELETE,/api/v1/gaps", "POST,/api/v1/suggestions", "PUT,/health/live"})
  void anotherMethodIsA405ThatNamesThoseThereAre(String method, String path) {
    LiveDesk.Answer answer =
        live.send(live.to(path).method(method, HttpRequest.BodyPublishers.noBody()));
    isProblem(answer, 405);
    assertThat(answer.header("Allow")).contains("GET");
    LiveDesk.Answer page =
        live.send(
            live.to(path)
                .header("Accept", "text/html")
                .method(method, HttpRequest.BodyPublishers.noBody()));
    assertThat(page.status()).isEqualTo(405);
    assertThat(page.header("Allow")).as("to a browser too").isEqualTo(answer.header("Allow"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{} {}",
        "{\"from\":\"customer\"}",
        "{\"from\":\"nobody\",\"text\":\"x\"}",
        "{\"from\":\"customer\",\"text\":{}}",
        "{\"from\":\"customer\",\"text\":\"x\",\"at\":\"yesterday\"}",
        "{\"id\":\" \",\"from\":\"customer\",\"text\":\"x\"}"
      })
  void aBodyThatCannotBeReadIsA400ThatSaysWhy(String body) {
    isProblem(live.post("/api/v1/cases/" + open("{}") + "/messages", body), 400);
  }

  @Test
  void wrongTypesAndParametersAreA400() {
    isProblem(live.put("/api/v1/articles/x", "{\"title\":[],\"body\":\"b\"}"), 400);
    isProblem(live.put("/api/v1/articles/x", "{\"title\":\"t\",\"body\":\" \"}"), 400);
    isProblem(live.put("/api/v1/articles/x", "{\"id\":\"y\",\"title\":\"t\",\"body\":\"b\"}"), 400);
    isProblem(live.post("/api/v1/cases", "{\"openedAt\":\"soon\"}"), 400);
    isProblem(live.post("/api/v1/cases", "{\"id\":\"" + "x".repeat(10_000) + "\"}"), 400);
    isProblem(live.get("/api/v1/suggestions"), 400);
    isProblem(live.get("/api/v1/gaps?kind=huge"), 400);
    isProblem(live.get("/api/v1/gaps?limit=0"), 400);
    isProblem(live.get("/api/v1/gaps?asOf=now"), 400);
    isProblem(live.get("/api/v1/articles?limit=many"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/v1/erasures",
        "POST /api/v1/webhooks",
        "POST /api/v1/keys",
        "POST /api/v1/tokens",
        "POST /api/v1/recalculations",
        "POST /api/v1/recalculations/x/keep",
        "PUT /api/v1/weights"
      })
  void aMemberThatIsNotReadIsRefusedByItsNameWhereSomebodyWantsSomethingDone(String route) {
    String[] words = route.split(" ");
    LiveDesk.Answer answer =
        live.send(
            live.to(words[1])
                .header("If-Match", "\"0\"")
                .method(words[0], HttpRequest.BodyPublishers.ofString("{\"onwer\":\"Mina\"}")));
    isProblem(answer, 400);
    assertThat(answer.json().get("detail").asText()).startsWith("There is no onwer here: send ");
  }

  @Test
  void whatOtherProgramsBringMayHaveMoreThanIsRead() {
    assertThat(live.post("/api/v1/cases", "{\"id\":\"c-more\",\"crm\":7}").status()).isEqualTo(201);
    assertThat(
            live.post(
                    "/api/v1/cases/c-more/messages",
                    "{\"from\":\"customer\",\"text\":\"Hello there\",\"crm\":7}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aBodyThatIsTooLargeIsA413() {
    String text = "{\"from\":\"customer\",\"text\":\"" + "x".repeat(Body.JSON_LIMIT) + "\"}";
    // Who sends it without asking first may find the connection closed before the answer is read.
    isProblem(
        live.send(
            live.to("/api/v1/cases/" + open("{}") + "/messages")
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofString(text))),
        413);
  }

  @Test
  void anotherSiteMayChangeNothing() {
    HttpRequest.Builder foreign =
        live.to("/api/v1/cases")
            .header("Origin", "https://evil.example")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    isProblem(live.send(foreign), 403);
    HttpRequest.Builder own =
        live.to("/api/v1/cases")
            .header("Origin", live.address())
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    assertThat(live.send(own).status()).isEqualTo(201);
  }

  @Test
  void whatAProxyForwardsIsNotFromThisComputer() {
    isProblem(live.send(live.to("/gaps").header("X-Forwarded-For", "203.0.113.9").GET()), 421);
    isProblem(live.send(live.to("/gaps").header("Forwarded", "for=203.0.113.9").GET()), 421);
  }

  @Test
  void aProblemIsToldInUtf8() {
    LiveDesk.Answer answer = live.get("/api/v1/articles/%EC%97%86%EC%9D%8C");
    isProblem(answer, 404);
    assertThat(answer.json().get("detail").asText()).isEqualTo("There is no article 없음");
  }

  @Test
  void aNameThatOnlySeemsToBeThisComputersIsNotServed() throws Exception {
    try (var socket =
        new java.net.Socket("127.0.0.1", java.net.URI.create(live.address()).getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /gaps HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      String answer =
          new String(
              socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 421").contains("Only this computer is served");
    }
  }

  @Test
  void whatTheServerItselfCannotReadIsAProblemToo() throws Exception {
    try (var socket =
        new java.net.Socket("127.0.0.1", java.net.URI.create(live.address()).getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /gaps?q="
                      + "x".repeat(20_000)
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      String answer =
          new String(
              socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 4")
          .contains("application/problem+json", "\"status\":4");
    }
  }

  @Test
  void aQueryThatIsTooLongIsToldWhatToDo() {
    LiveDesk.Answer address = live.get("/api/v1/suggestions?q=" + "x".repeat(9_000));
    HttpApiTest.isProblem(address, 414);
    assertThat(address.json().get("detail").asText()).contains("8 KB", "shorten");
    LiveDesk.Answer together =
        live.send(
            live.to("/api/v1/suggestions?q=" + "x".repeat(5_000))
                .header("X-Trace", "y".repeat(5_000)));
    HttpApiTest.isProblem(together, 431);
    assertThat(together.json().get("type").asText()).endsWith("headers-too-large");
    assertThat(together.json().get("detail").asText()).contains("8 KB", "shorten");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/articles?confidence=",
        "/api/v1/articles?limit=",
        "/api/v1/gaps?kind=",
        "/api/v1/gaps?state=",
        "/api/v1/gaps?state=open,",
        "/api/v1/gaps?order=",
        "/api/v1/gaps?asOf=",
        "/api/v1/gap-export?kind=",
        "/api/v1/gap-export?format=",
        "/api/v1/cases?state=",
        "/api/v1/desk/health?by=",
        "/api/v1/desk/health?from=",
        "/api/v1/desk/health?to=",
        "/api/v1/desk/health/cases?measure=",
        "/api/v1/article-health?order=",
        "/api/v1/floor?language=",
        "/api/v1/report?week=",
        "/api/v1/webhook-deliveries?state=",
        "/api/v1/webhook-deliveries?before=",
        "/api/v1/mail-deliveries?state=",
        "/api/v1/mail-deliveries?before=",
        "/api/v1/floods?limit=",
        "/api/v1/held-back?limit=",
        "/api/v1/audit?before="
      })
  void aParameterThatSaysNothingIsRefusedByItsName(String path) {
    LiveDesk.Answer answer = live.get(path);
    HttpApiTest.isProblem(answer, 400);
    assertThat(answer.json().get("detail").asText())
        .contains(path.replaceFirst(".*\\?(\\w+)=.*", "$1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/api/v1/recalculations|{`by`: null}|by",
        "/api/v1/recalculations|{`settings`: null}|settings",
        "/api/v1/recalculations|{`floors`: 3}|floors",
        "/api/v1/recalculations/none/keep|{`by`: null}|by",
        "/api/v1/tokens|{`board`: 0}|board",
        "/api/v1/tokens|{`board`: `true`}|board",
        "/api/v1/tokens|{`board`: null}|board",
        "/api/v1/tokens|{`case`: 7}|case",
        "/api/v1/tokens|{`case`: {}, `board`: true}|case",
        "/api/v1/erasures|{`customerId`: null}|customerId",
        "/api/v1/webhooks|{`url`: 7}|url",
        "/api/v1/webhooks|{`url`: `https://a.example`, `secret`: null}|secret",
        "/api/v1/webhooks|{`url`: `https://a.example`, `enabled`: 1}|enabled",
        "/api/v1/webhooks|{`url`: `https://a.example`, `events`: [7]}|event"
      })
  void aMemberOfAnotherTypeIsRefusedByItsName(String path, String body, String member) {
    LiveDesk.Answer answer = live.post(path, body.replace('`', '"'));
    HttpApiTest.isProblem(answer, 400);
    assertThat(answer.json().get("detail").asText()).contains(member);
  }
}
