package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.service.Ran;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.ApiKeys;
import io.gapcanary.service.access.Scope;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KeysOverHttpTest {
  @TempDir private Path folder;

  private static AccessSettings atMost(double requestsPerSecond) {
    AccessSettings usual = AccessSettings.DEFAULT;
    return new AccessSettings(
        null,
        usual.sessionLength(),
        usual.sessionIdle(),
        requestsPerSecond,
        usual.auditKeep(),
        null,
        0);
  }

  @Test
  void nobodyNeedsToBeKnownOnThisComputerUntilTheFirstKeyIsMadeBesideTheRunningService() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      assertThat(live.get("/api/v1/gaps").status()).isEqualTo(200);
      Ran made =
          Ran.command("keys", "create", "--scope", "agent", "--name", "desktop", "--data", folder);
      assertThat(made.code()).isZero();
      String key = made.out().strip();
      assertThat(key).startsWith("gck_");
      isProblem(live.get("/api/v1/gaps"), 401);
      assertThat(
              live.send(live.to("/api/v1/gaps").header("Authorization", "Bearer " + key).GET())
                  .status())
          .isEqualTo(200);

      String id = key.split("_")[1];
      assertThat(Ran.command("keys", "list", "--data", folder).out())
          .contains(id, "desktop", "agent")
          .doesNotContain(key);
      assertThat(Ran.command("keys", "revoke", id, "--data", folder).code()).isZero();
      isProblem(
          live.send(live.to("/api/v1/gaps").header("Authorization", "Bearer " + key).GET()), 401);
    }
  }

  @Test
  void revokingTheLastKeyDoesNotOpenTheDesk() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      ApiKeys.Made only = live.access().keys().create("only", Scope.AGENT, "test");
      isProblem(live.get("/api/v1/gaps"), 401);
      live.access().keys().revoke(only.id());
      isProblem(live.get("/api/v1/gaps"), 401);
    }
  }

  @Test
  void aKeyIsShownOnceAndKeptAsAHash() throws Exception {
    try (GuardedDesk desk = GuardedDesk.on(folder)) {
      LiveDesk.Answer made =
          desk.send(
              "POST",
              "/api/v1/keys",
              "{\"name\":\"importer\",\"scope\":\"ingest\"}",
              desk.key(Scope.ADMIN));
      assertThat(made.status()).isEqualTo(201);
      String key = made.json().get("key").asText();
      assertThat(key).matches("gck_[a-z2-9]{10}_[a-z2-9]{52}");
      assertThat(desk.get("/api/v1/keys", desk.key(Scope.ADMIN)).body()).doesNotContain(key);
      desk.get("/api/v1/articles", key);
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("_abcdefgh")
            .doesNotContainPattern("gck_[a-z2-9]{10}_");
      }
    }
  }

  @Test
  void theListTellsWhenAKeyWasLastUsed() {
    try (GuardedDesk desk = GuardedDesk.on(folder)) {
      desk.clock().pass(Duration.ofHours(3));
      desk.get("/api/v1/gaps", desk.key(Scope.MANAGER));
      JsonNode keys = desk.get("/api/v1/keys", desk.key(Scope.ADMIN)).json().get("keys");
      for (JsonNode key : keys) {
        switch (key.get("scope").asText()) {
          case "manager" ->
              assertThat(key.get("lastUsedAt").asText()).isEqualTo("2026-12-01T12:00:00Z");
          case "ingest" -> assertThat(key.get("lastUsedAt").isNull()).isTrue();
          default -> {}
        }
      }
    }
  }

  @Test
  void aForgedKeyIsRefused() {
    try (GuardedDesk desk = GuardedDesk.on(folder)) {
      String good = desk.key(Scope.AGENT);
      char last = good.charAt(good.length() - 1);
      String forged = good.substring(0, good.length() - 1) + (last == 'a' ? 'b' : 'a');
      isProblem(desk.get("/api/v1/gaps", forged), 401);
      isProblem(desk.get("/api/v1/gaps", "gck_nonesuch22_" + good.substring(15)), 401);
      isProblem(desk.get("/api/v1/gaps", ""), 401);
      isProblem(desk.get("/api/v1/gaps?token=" + good, null), 401);
      assertThat(desk.get("/api/v1/gaps", good).status()).isEqualTo(200);
    }
  }

  @Test
  void tooManyRequestsOfAKeyAreA429ThatSaysWhenToComeBack() {
    try (GuardedDesk desk = GuardedDesk.on(folder, atMost(2))) {
      String key = desk.key(Scope.AGENT);
      for (int i = 0; i < 4; i++) {
        assertThat(desk.get("/api/v1/gaps", key).status()).isEqualTo(200);
      }
      LiveDesk.Answer refused = desk.get("/api/v1/gaps", key);
      isProblem(refused, 429);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(desk.get("/api/v1/gaps", desk.key(Scope.MANAGER)).status()).isEqualTo(200);
      desk.clock().pass(Duration.ofSeconds(1));
      assertThat(desk.get("/api/v1/gaps", key).status()).isEqualTo(200);
      assertThat(desk.get("/api/v1/gaps", key).status()).isEqualTo(200);
      isProblem(desk.get("/api/v1/gaps", key), 429);
    }
  }

  @Test
  void overHttpNoKeyIsMadeWhileNobodySignsIn() {
    try (LiveDesk live = LiveDesk.on(folder)) {
      isProblem(live.post("/api/v1/keys", "{\"name\":\"x\",\"scope\":\"agent\"}"), 409);
      assertThat(live.get("/api/v1/gaps").status()).isEqualTo(200);
    }
  }

  @Test
  void anotherSitesPageMaySendAKeyBecauseABrowserSendsNoneByItself() {
    try (GuardedDesk desk = GuardedDesk.on(folder)) {
      HttpRequest.Builder request =
          desk.live()
              .to("/api/v1/cases")
              .header("Origin", "https://crm.example.com")
              .header("Authorization", "Bearer " + desk.key(Scope.AGENT))
              .POST(HttpRequest.BodyPublishers.ofString("{}"));
      assertThat(desk.live().send(request).status()).isEqualTo(201);
    }
  }

  @Test
  void whatWasDecidedAndAdministeredIsKeptWithWhoDidIt() {
    try (GuardedDesk desk = GuardedDesk.on(folder)) {
      String manager = desk.key(Scope.MANAGER);
      desk.send("PATCH", "/api/v1/gaps/gap-7", "{\"state\":\"open\"}", manager);
      desk.send("POST", "/api/v1/cases", "{\"id\":\"c-1\"}", desk.key(Scope.AGENT));
      String id = desk.key(Scope.INGEST).split("_")[1];
      desk.send("DELETE", "/api/v1/keys/" + id, "", desk.key(Scope.ADMIN));
      JsonNode entries = desk.get("/api/v1/audit", desk.key(Scope.ADMIN)).json().get("entries");
      assertThat(entries).hasSize(2);
      assertThat(entries.get(0).get("who").asText()).isEqualTo("the admin");
      assertThat(entries.get(0).get("what").asText()).isEqualTo("DELETE /api/v1/keys/{id}");
      assertThat(entries.get(0).get("subject").asText()).isEqualTo(id);
      assertThat(entries.get(0).get("status").asInt()).isEqualTo(204);
      assertThat(entries.get(0).get("request").asText()).isNotBlank();
      assertThat(entries.get(1).get("what").asText()).isEqualTo("PATCH /api/v1/gaps/{id}");
      assertThat(entries.get(1).get("subject").asText()).isEqualTo("gap-7");
      assertThat(entries.get(1).get("status").asInt()).isEqualTo(404);
    }
  }
}
