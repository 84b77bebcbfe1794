package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.access.Scope;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("slow")
class BoardTokensTest {
  private static final String EVENTS = "/api/v1/gaps/events";

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

  private LiveDesk.Answer ask(Scope scope) {
    return desk.send("POST", "/api/v1/tokens", "{\"board\":true}", desk.key(scope));
  }

  private String token() {
    return ask(Scope.MANAGER).json().get("token").asText();
  }

  @Test
  void aManagerFollowsTheBoardWithATokenInTheAddress() {
    try (SseReader reader = SseReader.of(desk.live(), EVENTS + "?token=" + token(), null)) {
      assertThat(reader.next().name()).isEqualTo("snapshot");
    }
  }

  @Test
  void itIsGoodForNothingElse() {
    String token = token();
    desk.send("POST", "/api/v1/cases", "{\"id\":\"c-1\"}", desk.key(Scope.AGENT));
    isProblem(desk.get("/api/v1/gaps?token=" + token, null), 403);
    isProblem(desk.get("/api/v1/cases/c-1?token=" + token, null), 403);
    isProblem(desk.send("POST", "/api/v1/tokens?token=" + token, "{\"board\":true}", null), 403);
  }

  @Test
  void neitherAnAgentNorATokenForACaseGetsThere() {
    isProblem(ask(Scope.AGENT), 403);
    desk.send("POST", "/api/v1/cases", "{\"id\":\"c-1\"}", desk.key(Scope.AGENT));
    String ofCase =
        desk.send("POST", "/api/v1/tokens", "{\"case\":\"c-1\"}", desk.key(Scope.MANAGER))
            .json()
            .get("token")
            .asText();
    isProblem(desk.get(EVENTS + "?token=" + ofCase, null), 403);
  }

  @Test
  void anExpiredAForgedAndARevokedOneAreRefused() {
    String token = token();
    isProblem(desk.get(EVENTS + "?token=" + token + "x", null), 401);
    desk.clock().pass(Duration.ofMinutes(15));
    isProblem(desk.get(EVENTS + "?token=" + token, null), 401);
    String other = token();
    desk.live().access().keys().revoke(desk.key(Scope.MANAGER).substring(4, 14));
    desk.live().access().keys().revoke(desk.key(Scope.MANAGER));
    isProblem(desk.get(EVENTS + "?token=" + other, null), 401);
  }
}
