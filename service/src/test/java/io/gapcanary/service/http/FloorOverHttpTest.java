package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.service.SmallDesk;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FloorOverHttpTest {
  private static final String EN = "/api/v1/floor?language=en";

  @TempDir private Path folder;
  private LiveDesk live;

  @BeforeEach
  void start() {
    live = LiveDesk.on(folder);
    live.post("/api/v1/articles", SmallDesk.ARTICLES);
    live.post("/api/v1/cases", "{\"id\":\"c-1\"}");
    live.post(
        "/api/v1/cases/c-1/messages",
        "{\"from\":\"customer\",\"text\":\"Cancel my plan, I moved to another city\"}");
    live.post("/api/v1/cases/c-1/articles", "{\"id\":\"kb-4\",\"action\":\"linked\"}");
    live.post("/api/v1/cases/c-1/close", "{}");
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private LiveDesk.Answer put(String path, @Nullable String etag, String body) {
    HttpRequest.Builder request = live.to(path).PUT(HttpRequest.BodyPublishers.ofString(body));
    return live.send(etag == null ? request : request.header("If-Match", etag));
  }

  @Test
  void floorsAreListedAndOneIsToldWithWhatOthersWouldDo() {
    JsonNode floors = live.get("/api/v1/floors").json().get("floors");
    assertThat(floors.findValuesAsText("language")).containsExactly("en", "ko");
    assertThat(floors.get(0).get("source").asText()).isEqualTo("shipped");

    LiveDesk.Answer answer = live.get(EN + "&to=0.999999");
    assertThat(answer.header("ETag")).isEqualTo("\"0\"");
    JsonNode floor = answer.json();
    assertThat(floor.get("floor")).isEqualTo(floors.get(0));
    assertThat(floor.get("cases").asInt()).isEqualTo(1);
    assertThat(floor.get("given").asInt()).isEqualTo(1);
    assertThat(floor.get("curve")).hasSize(19);
    JsonNode last = floor.get("curve").get(18);
    JsonNode change = floor.get("change");
    assertThat(change.get("toSilence").size() + floor.get("inUse").get("missed").asInt())
        .isEqualTo(1);
    assertThat(last.get("missed").asInt()).isBetween(0, 1);
    assertThat(live.get(EN).json().get("change").isNull()).isTrue();
  }

  @Test
  void aFloorIsSetOnTheVersionThatWasReadAndLeftToTheProductAgain() {
    isProblem(put(EN, null, "{\"floor\":0.9}"), 428);
    isProblem(put(EN, "\"7\"", "{\"floor\":0.9}"), 412);
    isProblem(put(EN, "W/x", "{\"floor\":0.9}"), 412);
    LiveDesk.Answer set = put(EN, "\"0\"", "{\"floor\":0.9,\"by\":\"Mina\"}");
    assertThat(set.status()).as(set.body()).isEqualTo(200);
    assertThat(set.header("ETag")).isEqualTo("\"1\"");
    assertThat(set.json().get("source").asText()).isEqualTo("person");
    assertThat(set.json().get("decisions").get(0).get("by").asText()).isEqualTo("Mina");
    assertThat(live.desk().floor("en")).isEqualTo(0.9);
    isProblem(put(EN, "\"0\"", "{\"floor\":0.8}"), 412);

    LiveDesk.Answer reset = put(EN, "\"1\"", "{\"floor\":null}");
    assertThat(reset.json().get("source").asText()).isEqualTo("shipped");
    assertThat(reset.json().get("decisions").get(0).get("by").asText()).isEqualTo("manager");
  }

  @Test
  void whatIsNoFloorIsAProblem() {
    for (String body :
        new String[] {"{\"floor\":1}", "{\"floor\":0}", "{\"floor\":\"high\"}", "{}", "[]"}) {
      isProblem(put(EN, "\"0\"", body), 400);
    }
    isProblem(put(EN, "\"0\"", "{\"floor\":0.5,\"by\":7}"), 400);
    isProblem(put("/api/v1/floor", "\"0\"", "{\"floor\":0.5}"), 400);
    isProblem(put("/api/v1/floor?language=xx", "\"0\"", "{\"floor\":0.5}"), 404);
    isProblem(live.get("/api/v1/floor"), 400);
    isProblem(live.get(EN + "&to=much"), 400);
    isProblem(live.get(EN + "&to=1.5"), 400);
  }
}
