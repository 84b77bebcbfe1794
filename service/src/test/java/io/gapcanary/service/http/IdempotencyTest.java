package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Identity;
import io.gapcanary.KeptAnswers.Attempt;
import io.gapcanary.KeptAnswers.Ticket;
import io.gapcanary.service.SmallDesk;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.Scope;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class IdempotencyTest {
  private static final String SAID = "{\"from\":\"customer\",\"text\":\"The app closes at once\"}";

  @TempDir private Path folder;
  private GuardedDesk desk;

  @BeforeEach
  void start() {
    desk = GuardedDesk.on(folder);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private LiveDesk.Answer send(
      String method, String path, String body, String idempotencyKey, Scope scope) {
    HttpRequest.Builder request =
        desk.live()
            .to(path)
            .header("Authorization", "Bearer " + desk.key(scope))
            .header("Idempotency-Key", idempotencyKey)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    return desk.live().send(request);
  }

  private LiveDesk.Answer post(String path, String body, String idempotencyKey) {
    return send("POST", path, body, idempotencyKey, Scope.AGENT);
  }

  private String text(String path) {
    return desk.get(path, desk.key(Scope.ADMIN)).body();
  }

  @Test
  void aCaseThatIsOpenedTwiceUnderOneKeyIsOneAndAnsweredAlike() {
    LiveDesk.Answer first = post("/api/v1/cases", "{\"channel\":\"chat\"}", "\"k-1\"");
    LiveDesk.Answer second = post("/api/v1/cases", "{\"channel\":\"chat\"}", "k-1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location")).isNotEmpty();
    assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(desk.live().desk().openCases()).isEqualTo(1);
  }

  @Test
  void theSameKeyWithAnotherBodyOrAddressIsA422() {
    post("/api/v1/cases", "{\"channel\":\"chat\"}", "k");
    isProblem(post("/api/v1/cases", "{\"channel\":\"phone\"}", "k"), 422);
    isProblem(post("/api/v1/cases?x=1", "{\"channel\":\"chat\"}", "k"), 422);
    assertThat(desk.live().desk().openCases()).isEqualTo(1);
  }

  @Test
  void eachCallerHasKeysOfTheirOwn() {
    post("/api/v1/cases", "{}", "k");
    LiveDesk.Answer other = send("POST", "/api/v1/cases", "{}", "k", Scope.INGEST);
    assertThat(other.status()).isEqualTo(201);
    assertThat(other.header("Idempotent-Replayed")).isEmpty();
    assertThat(desk.live().desk().openCases()).isEqualTo(2);
  }

  @Test
  void theAnswerOutlivesARestart() {
    LiveDesk.Answer first = post("/api/v1/cases", "{}", "k");
    String key = desk.key(Scope.AGENT);
    desk.close();
    try (GuardedDesk again =
        GuardedDesk.reopened(folder, AccessSettings.DEFAULT, new GuardedDesk.Clock())) {
      LiveDesk.Answer second =
          again
              .live()
              .send(
                  again
                      .live()
                      .to("/api/v1/cases")
                      .header("Authorization", "Bearer " + key)
                      .header("Idempotency-Key", "k")
                      .POST(HttpRequest.BodyPublishers.ofString("{}")));
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }
    desk = GuardedDesk.reopened(folder, AccessSettings.DEFAULT, new GuardedDesk.Clock());
  }

  @Test
  void afterADayTheKeyMayBeUsedForAnother() {
    String first = post("/api/v1/cases", "{}", "k").json().get("id").asText();
    desk.clock().pass(Duration.ofHours(24));
    LiveDesk.Answer later = post("/api/v1/cases", "{\"channel\":\"chat\"}", "k");
    assertThat(later.status()).isEqualTo(201);
    assertThat(later.json().get("id").asText()).isNotEqualTo(first);
  }

  @Test
  void whatWasRefusedMayBeMendedUnderItsKey() {
    isProblem(post("/api/v1/cases", "{\"openedAt\":\"soon\"}", "k"), 400);
    isProblem(post("/api/v1/cases/none/messages", SAID, "m"), 404);
    assertThat(post("/api/v1/cases", "{\"id\":\"none\"}", "k").status()).isEqualTo(201);
    assertThat(post("/api/v1/cases/none/messages", SAID, "m").status()).isEqualTo(200);
  }

  /** A crash leaves a request without an answer, and so does an erasure. */
  @Test
  void aMessageWhoseAnswerWasLostInACrashIsHeardOnce() {
    desk.send("POST", "/api/v1/cases", "{\"id\":\"c-1\"}", desk.key(Scope.AGENT));
    desk.send("POST", "/api/v1/cases", "{\"customerId\":\"u-2\"}", desk.key(Scope.AGENT));
    LiveDesk.Answer heard = post("/api/v1/cases/c-1/messages", SAID, "k");
    assertThat(heard.status()).isEqualTo(200);
    desk.live().desk().erase(List.of(new Identity("customer", "u-2")));
    LiveDesk.Answer again = post("/api/v1/cases/c-1/messages", SAID, "k");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Idempotent-Replayed")).isEmpty();
    assertThat(desk.live().desk().assist().find("c-1").orElseThrow().messages()).hasSize(1);
  }

  @Test
  void whileTheFirstRunsTheSecondIsA409() {
    String path = "/api/v1/cases";
    String caller = "key:" + desk.key(Scope.AGENT).substring(4, 14);
    try (Ticket ticket =
        ((Attempt.Begun) desk.live().desk().keptAnswers().take(caller, "k", "f")).ticket()) {
      assertThat(ticket.interrupted()).isFalse();
      isProblem(post(path, "{}", "k"), 409);
    }
  }

  @Test
  void manyAtOnceUnderOneKeyOpenOneCase() throws Exception {
    Set<Integer> statuses = new HashSet<>();
    Set<Thread> threads = new HashSet<>();
    for (int i = 0; i < 16; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    int status = post("/api/v1/cases", "{}", "k").status();
                    synchronized (statuses) {
                      statuses.add(status);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(statuses).contains(201).isSubsetOf(201, 409);
    assertThat(desk.live().desk().openCases()).isEqualTo(1);
  }

  @Test
  void aKeyThatIsMadeTwiceIsShownOnceAndNeverKept() throws Exception {
    String body = "{\"name\":\"crm\",\"scope\":\"ingest\"}";
    LiveDesk.Answer made = send("POST", "/api/v1/keys", body, "k", Scope.ADMIN);
    assertThat(made.status()).isEqualTo(201);
    isProblem(send("POST", "/api/v1/keys", body, "k", Scope.ADMIN), 409);
    assertThat(desk.live().access().keys().list())
        .filteredOn(key -> key.name().equals("crm"))
        .hasSize(1);
    assertThat(text("/api/v1/keys")).doesNotContain(made.json().get("key").asText());
  }

  @Test
  void articlesArePutOnceAndDecisionsAreAnsweredAsBefore() {
    LiveDesk.Answer put = send("POST", "/api/v1/articles", SmallDesk.ARTICLES, "a", Scope.MANAGER);
    LiveDesk.Answer again =
        send("POST", "/api/v1/articles", SmallDesk.ARTICLES, "a", Scope.MANAGER);
    assertThat(again.body()).isEqualTo(put.body()).contains("\"accepted\":4");
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void aFileThatIsSentTwiceIsBroughtInOnce() {
    String path = "/api/v1/imports?what=articles&name=a.jsonl";
    LiveDesk.Answer first = send("POST", path, SmallDesk.ARTICLES, "f", Scope.MANAGER);
    LiveDesk.Answer again = send("POST", path, SmallDesk.ARTICLES, "f", Scope.MANAGER);
    assertThat(first.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(text("/api/v1/imports").split("\"what\"")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "a b"})
  void aKeyThatIsNoneIsA400(String key) {
    isProblem(post("/api/v1/cases", "{}", key), 400);
    isProblem(post("/api/v1/cases", "{}", "x".repeat(256)), 400);
    assertThat(post("/api/v1/cases", "{}", "x".repeat(255)).status()).isEqualTo(201);
  }
}
