package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.service.SmallDesk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RecalculationOverHttpTest {
  private static final String ALL = "/api/v1/recalculations";

  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    live.post("/api/v1/articles", SmallDesk.ARTICLES);
    contact("c-1", "2026-01-05");
    contact("c-2", "2026-01-09");
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private void contact(String id, String day) {
    live.post(
        "/api/v1/cases",
        "{\"id\":\"%s\",\"customerId\":\"ann\",\"openedAt\":\"%sT10:00:00Z\"}".formatted(id, day));
    live.post(
        "/api/v1/cases/" + id + "/messages",
        "{\"from\":\"customer\",\"text\":\"Cancel my plan, I moved\",\"at\":\"%sT10:01:00Z\"}"
            .formatted(day));
    live.post("/api/v1/cases/" + id + "/close", "{\"at\":\"%sT10:09:00Z\"}".formatted(day));
  }

  /** The work is another thread's: it is asked for until it is done, as a client does. */
  private JsonNode ready(String id) {
    while (true) {
      JsonNode told = live.get(ALL + "/" + id).json();
      String state = told.get("state").asText();
      if (!state.equals("waiting") && !state.equals("running")) {
        assertThat(state).isEqualTo("ready");
        return told;
      }
      Thread.onSpinWait();
    }
  }

  private String begin(String body) {
    LiveDesk.Answer begun = live.post(ALL, body);
    assertThat(begun.status()).isEqualTo(202);
    String id = begun.json().get("id").asText();
    assertThat(begun.header("Location")).isEqualTo(ALL + "/" + id);
    return id;
  }

  @Test
  void aShorterWindowIsComparedAndKept() {
    assertThat(live.get("/api/v1/repeat-contacts").json().findValuesAsText("caseId"))
        .containsExactly("c-2");
    String id = begin("{\"settings\":{\"repeatWindow\":\"3d\"},\"by\":\"Lee\"}");
    JsonNode comparison = ready(id).get("comparison");
    assertThat(comparison.get("repeatsBefore").asInt()).isEqualTo(1);
    assertThat(comparison.get("repeatsAfter").asInt()).isZero();
    assertThat(comparison.get("repeats").get(0).get("caseId").asText()).isEqualTo("c-2");
    assertThat(comparison.get("repeats").get(0).get("before").asText()).isEqualTo("c-1");
    isProblem(live.post(ALL, "{}"), 409);

    String page = live.get("/recalculate?lang=ko").body();
    assertThat(page).contains("달라지는 것", "c-2", "반영하기");

    LiveDesk.Answer kept = live.post(ALL + "/" + id + "/keep", "{\"by\":\"Kim\"}");
    assertThat(kept.json().get("state").asText()).isEqualTo("kept");
    assertThat(live.get("/api/v1/repeat-contacts").json().findValuesAsText("caseId")).isEmpty();
    assertThat(live.get("/recalculate").body()).contains("This is kept", "Kim", "value=\"3d\"");
    isProblem(live.post(ALL + "/" + id + "/keep", "{}"), 409);
  }

  @Test
  void nothingRemainsOfOneThatIsThrownAway() {
    String id = begin("{\"floors\":{\"en\":0.99}}");
    ready(id);
    assertThat(live.send(live.to(ALL + "/" + id).DELETE()).status()).isEqualTo(204);
    isProblem(live.get(ALL + "/" + id), 404);
    assertThat(Files.exists(folder.resolve("recalculation"))).isFalse();
  }

  @Test
  void whatIsNoSettingIsRefused() {
    isProblem(live.post(ALL, "{\"settings\":{\"closeAfter\":\"1h\"}}"), 400);
    isProblem(live.post(ALL, "{\"settings\":{\"grouping\":7}}"), 400);
    isProblem(live.post(ALL, "{\"floors\":{\"en\":2}}"), 400);
    isProblem(live.post(ALL, "{\"floors\":{\"xx\":0.5}}"), 404);
    assertThat(live.get("/recalculate").body()).contains("Judge again and compare");
  }
}
