package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another program writes into the desk's file, and does not stop. */
@Timeout(120)
@Tag("slow")
class HeldDatabaseTest {
  @TempDir private Path folder;

  @Test
  void whatIsReadGoesOnAndWhatWouldBeWrittenIsRefusedUntilItLetsGo() throws Exception {
    try (LiveDesk live = LiveDesk.on(folder)) {
      assertThat(live.post("/api/v1/cases", "{\"id\":\"c-1\"}").status()).isEqualTo(201);
      try (Connection other =
          DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("desk.db"))) {
        other.createStatement().execute("PRAGMA busy_timeout = 30000");
        other.createStatement().execute("BEGIN IMMEDIATE");
        LiveDesk.Answer refused = live.post("/api/v1/cases", "{\"id\":\"c-2\"}");
        HttpApiTest.isProblem(refused, 503);
        assertThat(refused.json().get("detail").asText()).contains("Another program holds");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(live.get("/api/v1/cases/c-1").status()).isEqualTo(200);
        assertThat(live.get("/api/v1/gaps").status()).isEqualTo(200);
        other.createStatement().execute("ROLLBACK");
      }
      assertThat(live.post("/api/v1/cases", "{\"id\":\"c-2\"}").status()).isEqualTo(201);
    }
  }
}
