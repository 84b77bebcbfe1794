package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.serve.ServeSettings;
import io.gapcanary.service.webhook.WebhookSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("slow")
class WebhooksOverHttpTest {
  private static final WebhookSettings HERE = new WebhookSettings(true, Duration.ofSeconds(2), 2);

  @TempDir private Path folder;
  private final GuardedDesk.Clock clock = new GuardedDesk.Clock();
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer receiver;
  private LiveDesk live;

  private record Told(String path, String id, String timestamp, String signature, byte[] body) {
    JsonNode json() {
      try {
        return DeskJson.mapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(Executors.newCachedThreadPool());
    receiver.createContext("/", this::receive);
    receiver.start();
    serve(HERE);
  }

  private void serve(WebhookSettings settings) {
    live =
        LiveDesk.on(
            folder,
            new ServeSettings(
                "127.0.0.1", 0, false, AccessSettings.DEFAULT, StreamSettings.DEFAULT, settings),
            clock);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    told.add(
        new Told(
            path,
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("webhook-timestamp"),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            exchange.getRequestBody().readAllBytes()));
    int answer = answers.getOrDefault(path, 204);
    if (answer == 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (answer / 100 == 3) {
      exchange.getResponseHeaders().set("Location", "/elsewhere");
    }
    exchange.sendResponseHeaders(answer == 0 ? 204 : answer, -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    released.countDown();
    live.close();
    receiver.stop(0);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
  }

  private JsonNode add(String path, String more) {
    LiveDesk.Answer answer =
        live.post("/api/v1/webhooks", "{\"url\":\"" + address(path) + "\"" + more + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private void giraffe(String id) {
    live.post("/api/v1/cases", "{\"id\":\"" + id + "\",\"customerId\":\"customer of " + id + "\"}");
    live.post(
        "/api/v1/cases/" + id + "/messages",
        "{\"from\":\"customer\",\"text\":\"How do I feed my giraffe in winter?\"}");
    live.post("/api/v1/cases/" + id + "/close", "{}");
  }

  private Told next() throws InterruptedException {
    Told next = told.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private void awaitQueue(int waiting, int dead) {
    while (!live.desk().webhooks().queue().equals(new io.gapcanary.Webhooks.Queue(waiting, dead))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aReceiverIsToldAndCanTellWhoSaidSo() throws Exception {
    JsonNode made = add("/hook", "");
    giraffe("g-1");
    giraffe("g-2");
    Told raised = next();
    assertThat(raised.json().get("type").asText()).isEqualTo("gap.raised");
    assertThat(raised.json().get("data").get("gap").get("id").asText()).isEqualTo("gap-1");
    assertThat(raised.json().get("data").get("gap").get("title").asText()).contains("giraffe");
    assertThat(new String(raised.body(), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("g-1\"")
        .doesNotContain("customer of");
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key =
        Base64.getDecoder().decode(made.get("secret").asText().substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((raised.id() + "." + raised.timestamp() + ".").getBytes("UTF-8"));
    assertThat(raised.signature())
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(raised.body())));
    assertThat(raised.timestamp()).isEqualTo(String.valueOf(clock.instant().getEpochSecond()));
    awaitQueue(0, 0);
    assertThat(live.get("/api/v1/webhooks").body()).doesNotContain("whsec_");
    assertThat(live.get("/metrics").body()).contains("gapcanary_webhook_delivered_total 1.0");
  }

  @Test
  void theReportOfAWeekIsSentWholeOnTheMondayAfterIt() throws Exception {
    live.desk().webhooks().reportWhenDue();
    add("/hook", ",\"events\":[\"report\"]");
    giraffe("g-1");
    giraffe("g-2");
    clock.pass(Duration.ofDays(6)); // 2026-12-07, a Monday
    assertThat(live.desk().webhooks().reportWhenDue()).isEqualTo(1);
    JsonNode sent = next().json();
    assertThat(sent.get("type").asText()).isEqualTo("report");
    assertThat(sent.get("timestamp").asText()).isEqualTo("2026-12-07T08:00:00Z");
    JsonNode report = sent.get("data").get("report");
    assertThat(report).isEqualTo(live.get("/api/v1/report?week=2026-W49").json());
    assertThat(report.get("appeared").get("gaps").get(0).get("gapId").asText()).isEqualTo("gap-1");
    assertThat(report.toString()).doesNotContain("customer of");
  }

  @Test
  void whatFailsIsTriedAgainThenGivenUpAndDeliveredWhenSomebodySaysSo() throws Exception {
    String id = add("/hook", "").get("webhook").get("id").asText();
    answers.put("/hook", 500);
    giraffe("g-1");
    giraffe("g-2");
    Told first = next();
    awaitAttempts(1);
    clock.pass(Duration.ofSeconds(5));
    Told second = next();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.timestamp()).isNotEqualTo(first.timestamp());
    awaitQueue(0, 1);
    JsonNode dead = live.get("/api/v1/webhook-deliveries").json().get("deliveries").get(0);
    assertThat(dead.get("error").asText()).isEqualTo("It answered 500");
    assertThat(dead.get("webhook").asText()).isEqualTo(id);
    answers.put("/hook", 200);
    assertThat(
            live.post("/api/v1/webhook-deliveries/" + dead.get("id").asLong() + "/redeliver", "")
                .status())
        .isEqualTo(202);
    assertThat(next().id()).isEqualTo(first.id());
    awaitQueue(0, 0);
  }

  private void awaitAttempts(int attempts) {
    while (live.desk().webhooks().deliveries(null, false, Long.MAX_VALUE, 10).stream()
        .noneMatch(delivery -> delivery.attempts() == attempts)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aReceiverThatHangsHoldsUpNobodyElse() throws Exception {
    answers.put("/hangs", 0);
    add("/hangs", "");
    add("/quick", "");
    giraffe("g-1");
    giraffe("g-2");
    assertThat(java.util.Set.of(next().path(), next().path()))
        .containsExactlyInAnyOrder("/hangs", "/quick");
    awaitAttempts(1);
    assertThat(
            live.desk().webhooks().deliveries(null, false, Long.MAX_VALUE, 10).getFirst().error())
        .startsWith("No answer within");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    answers.put("/moved", 302);
    add("/moved", "");
    giraffe("g-1");
    giraffe("g-2");
    assertThat(next().path()).isEqualTo("/moved");
    awaitAttempts(1);
    assertThat(told).isEmpty();
  }

  @Test
  void whatWaitedIsDeliveredAfterARestart() throws Exception {
    answers.put("/hook", 503);
    add("/hook", "");
    giraffe("g-1");
    giraffe("g-2");
    Told first = next();
    awaitAttempts(1);
    live.close();
    answers.put("/hook", 200);
    clock.pass(Duration.ofSeconds(5));
    serve(HERE);
    assertThat(next().id()).isEqualTo(first.id());
  }

  @Test
  void thisComputerIsNotToldUnlessTheOperatorSaysSo() {
    live.close();
    serve(WebhookSettings.DEFAULT);
    add("/hook", "");
    giraffe("g-1");
    giraffe("g-2");
    awaitAttempts(1);
    assertThat(
            live.desk().webhooks().deliveries(null, false, Long.MAX_VALUE, 10).getFirst().error())
        .contains("webhookPrivate");
    assertThat(told).isEmpty();
  }

  @Test
  void aTestSaysNothingAndOneThatIsOffIsToldNothing() throws Exception {
    String id = add("/hook", ",\"events\":[\"raised\"]").get("webhook").get("id").asText();
    assertThat(live.post("/api/v1/webhooks/" + id + "/test", "").status()).isEqualTo(202);
    Told test = next();
    assertThat(test.json().get("type").asText()).isEqualTo("test");
    assertThat(test.json().get("data").isEmpty()).isTrue();
    HttpRequest.Builder off =
        live.to("/api/v1/webhooks/" + id)
            .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"enabled\":false}"));
    LiveDesk.Answer changed = live.send(off);
    assertThat(changed.json().get("enabled").asBoolean()).isFalse();
    assertThat(changed.json().get("events").get(0).asText()).isEqualTo("raised");
    giraffe("g-1");
    giraffe("g-2");
    awaitQueue(0, 0);
    assertThat(told).isEmpty();
  }

  @Test
  void whatCannotBeOneIsRefused() {
    isProblem(live.post("/api/v1/webhooks", "{}"), 400);
    isProblem(live.post("/api/v1/webhooks", "{\"url\":\"ftp://example.com\"}"), 400);
    isProblem(live.post("/api/v1/webhooks", "{\"url\":\"not an address\"}"), 400);
    isProblem(
        live.post("/api/v1/webhooks", "{\"url\":\"https://example.com\",\"events\":[]}"), 400);
    isProblem(
        live.post("/api/v1/webhooks", "{\"url\":\"https://example.com\",\"growth\":[1]}"), 400);
    isProblem(
        live.post("/api/v1/webhooks", "{\"url\":\"https://example.com\",\"secret\":\"x\"}"), 400);
    isProblem(live.post("/api/v1/webhooks/none/test", ""), 404);
    isProblem(live.post("/api/v1/webhook-deliveries/7/redeliver", ""), 404);
    isProblem(live.get("/api/v1/webhook-deliveries?state=lost"), 400);
  }
}
