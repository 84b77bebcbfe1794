package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.access.Scope;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ErasureOverHttpTest {
  @TempDir private Path folder;
  private GuardedDesk desk;

  @BeforeEach
  void start() {
    desk = GuardedDesk.on(folder);
    send(
        "/api/v1/cases",
        "{\"id\":\"c-1\",\"customerId\":\"quagga-77\",\"identities\":[{\"type\":\"email\",\"value\":\"q@example.com\"}]}");
    send("/api/v1/cases/c-1/messages", "{\"from\":\"customer\",\"text\":\"My okapi is cold\"}");
    send("/api/v1/cases/c-1/close", "{}");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private LiveDesk.Answer send(String path, String body) {
    return desk.live()
        .send(
            desk.live()
                .to(path)
                .header("Authorization", "Bearer " + desk.key(Scope.ADMIN))
                .header("Idempotency-Key", "key-of-" + path.replace('/', '-'))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private LiveDesk.Answer erase(String body) {
    return desk.send("POST", "/api/v1/erasures", body, desk.key(Scope.ADMIN));
  }

  @Test
  void aCustomerIsErasedAndTheAuditLogSaysThatItWasDoneAndNotWhom() throws Exception {
    LiveDesk.Answer erased = erase("{\"customerId\":\"quagga-77\"}");
    assertThat(erased.status()).as(erased.body()).isEqualTo(200);
    assertThat(erased.json().get("cases").asInt()).isEqualTo(1);
    assertThat(erased.json().get("messages").asInt()).isEqualTo(1);
    assertThat(erased.json().get("gaps")).isEmpty();
    isProblem(desk.get("/api/v1/cases/c-1", desk.key(Scope.AGENT)), 404);
    String audit = desk.get("/api/v1/audit", desk.key(Scope.ADMIN)).body();
    assertThat(audit)
        .contains("POST /api/v1/erasures", erased.header("X-Request-Id"))
        .doesNotContain("quagga");
    desk.live().desk().now();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("quagga", "okapi");
      }
    }
    assertThat(erase("{\"customerId\":\"quagga-77\"}").json().get("cases").asInt()).isZero();
  }

  @Test
  void whatTheyAreKnownByElseDoesToo() {
    String body = "{\"identities\":[{\"type\":\"email\",\"value\":\"Q@example.com\"}]}";
    assertThat(erase(body).json().get("cases").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"customerId\":\" \"}",
        "{\"customerId\":7}",
        "{\"customer\":\"quagga-77\"}",
        "{\"identities\":[]}",
        "{\"identities\":{}}",
        "{\"identities\":[{\"type\":\"email\"}]}",
        "{\"identities\":[7]}"
      })
  void whoIsNotNamedIsNotErased(String body) {
    LiveDesk.Answer answer = erase(body);
    isProblem(answer, 400);
    assertThat(answer.body()).doesNotContain("quagga");
    assertThat(desk.get("/api/v1/cases/c-1", desk.key(Scope.AGENT)).status()).isEqualTo(200);
  }

  @Test
  void onlyAnAdministratorMay() {
    for (Scope scope : List.of(Scope.AGENT, Scope.MANAGER, Scope.INGEST)) {
      isProblem(
          desk.send("POST", "/api/v1/erasures", "{\"customerId\":\"quagga-77\"}", desk.key(scope)),
          403);
    }
  }
}
