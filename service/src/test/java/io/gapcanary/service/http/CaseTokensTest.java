package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.access.Scope;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CaseTokensTest {
  @TempDir private Path folder;

  private GuardedDesk desk;

  @BeforeEach
  void start() {
    desk = GuardedDesk.on(folder);
    desk.send("POST", "/api/v1/cases", "{\"id\":\"c-1\"}", desk.key(Scope.AGENT));
    desk.send("POST", "/api/v1/cases", "{\"id\":\"c-2\"}", desk.key(Scope.AGENT));
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private String token(String caseId) {
    LiveDesk.Answer made =
        desk.send("POST", "/api/v1/tokens", "{\"case\":\"" + caseId + "\"}", desk.key(Scope.AGENT));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().get("expiresAt").asText()).isEqualTo("2026-12-01T09:15:00Z");
    return made.json().get("token").asText();
  }

  @Test
  void whoCannotSendHeadersHearsACaseWithATokenInTheAddress() throws Exception {
    HttpRequest request =
        desk.live().to("/api/v1/cases/c-1/events?token=" + token("c-1")).GET().build();
    HttpResponse<InputStream> stream =
        desk.live().client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo(": listening");
      desk.send(
          "POST",
          "/api/v1/cases/c-1/messages",
          "{\"from\":\"customer\",\"text\":\"My invoice is missing\"}",
          desk.key(Scope.AGENT));
      assertThat(lines.lines().filter(line -> line.startsWith("event:")).findFirst())
          .contains("event: suggestions");
    }
  }

  @Test
  void aStreamEndsWhenTheKeyBehindItsTokenIsRevoked() throws Exception {
    HttpRequest request =
        desk.live().to("/api/v1/cases/c-1/events?token=" + token("c-1")).GET().build();
    HttpResponse<InputStream> stream =
        desk.live().client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().takeWhile(line -> !line.startsWith("id:"))).isNotEmpty();
      desk.live().access().keys().revoke(desk.key(Scope.AGENT));
      desk.send(
          "POST",
          "/api/v1/cases/c-1/messages",
          "{\"from\":\"customer\",\"text\":\"My invoice is missing\"}",
          desk.key(Scope.MANAGER));
      assertThat(lines.lines().filter(line -> line.startsWith("event:"))).isEmpty();
    }
  }

  @Test
  void itIsGoodForItsOwnCaseAndForWhatAnAgentsWindowShows() {
    String token = token("c-1");
    assertThat(desk.get("/api/v1/cases/c-1?token=" + token, null).status()).isEqualTo(200);
    assertThat(desk.get("/api/v1/cases/c-1/suggestions?token=" + token, null).status())
        .isEqualTo(200);
    isProblem(desk.get("/api/v1/cases/c-2?token=" + token, null), 403);
    isProblem(desk.get("/api/v1/gaps?token=" + token, null), 403);
    isProblem(desk.get("/api/v1/keys?token=" + token, null), 403);
    isProblem(desk.send("POST", "/api/v1/cases/c-1/close?token=" + token, "{}", null), 403);
    isProblem(desk.send("POST", "/api/v1/tokens?token=" + token, "{\"case\":\"c-1\"}", null), 403);
  }

  @Test
  void itExpires() {
    String token = token("c-1");
    desk.clock().pass(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(desk.get("/api/v1/cases/c-1?token=" + token, null).status()).isEqualTo(200);
    desk.clock().pass(Duration.ofSeconds(1));
    isProblem(desk.get("/api/v1/cases/c-1?token=" + token, null), 401);
  }

  @Test
  void aForgedOneIsRefused() {
    String token = token("c-1");
    String other = token("c-2");
    String mixed = token.substring(0, token.indexOf('.')) + other.substring(other.indexOf('.'));
    isProblem(desk.get("/api/v1/cases/c-1?token=" + mixed, null), 401);
    isProblem(desk.get("/api/v1/cases/c-1?token=" + token + "x", null), 401);
    isProblem(desk.get("/api/v1/cases/c-1?token=gct_.", null), 401);
    isProblem(desk.get("/api/v1/cases/c-1?token=gct_", null), 401);
  }

  @Test
  void itEndsWithTheKeyThatAskedForIt() {
    String token = token("c-1");
    desk.live().access().keys().revoke(desk.key(Scope.AGENT));
    isProblem(desk.get("/api/v1/cases/c-1?token=" + token, null), 401);
  }

  @Test
  void thereIsNoneForACaseThatDoesNotExist() {
    isProblem(
        desk.send("POST", "/api/v1/tokens", "{\"case\":\"c-9\"}", desk.key(Scope.AGENT)), 404);
  }
}
