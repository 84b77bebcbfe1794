package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.Ran;
import io.gapcanary.service.SmallDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class HistoryOverHttpTest {
  private record Event(String at, String caseId, int position, String path, String body) {}

  @Test
  void aHistorySentThroughTheApiEndsLikeAnalyze(@TempDir Path folder) throws IOException {
    SmallDesk.write(folder);
    Ran analyzed =
        Ran.command(
            "analyze",
            "--articles",
            folder.resolve("articles.jsonl"),
            "--cases",
            folder.resolve("cases.jsonl"),
            "--out",
            folder.resolve("gaps.json"),
            "--outcomes",
            folder.resolve("outcomes.jsonl"),
            "--embedder",
            "none");
    assertThat(analyzed.code()).as(analyzed.err()).isZero();

    Map<String, JsonNode> closed = new LinkedHashMap<>();
    JsonNode gaps;
    try (LiveDesk live = LiveDesk.on(Files.createDirectory(folder.resolve("live")))) {
      live.post("/api/v1/articles", SmallDesk.ARTICLES);
      for (Event event : events()) {
        LiveDesk.Answer answer = live.post(event.path(), event.body());
        assertThat(answer.status()).as(event.path() + answer.body()).isLessThan(300);
        if (event.path().endsWith("/close")) {
          closed.put(event.caseId(), answer.json());
        }
      }
      gaps = live.get("/api/v1/gaps?limit=1000").json().get("gaps");
    }

    List<JsonNode> outcomes = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("outcomes.jsonl"))) {
      outcomes.add(withoutGapId(DeskJson.mapper().readTree(line)));
    }
    assertThat(closed.values().stream().map(HistoryOverHttpTest::withoutGapId).toList())
        .isEqualTo(outcomes);
    JsonNode expected =
        DeskJson.mapper().readTree(folder.resolve("gaps.json").toFile()).get("gaps");
    assertThat(expected).isNotEmpty();
    assertThat(gaps).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(withoutId(gaps.get(i))).isEqualTo(withoutId(expected.get(i)));
    }
  }

  private static JsonNode withoutGapId(JsonNode outcome) {
    ObjectNode copy = outcome.deepCopy();
    copy.put("gap", copy.hasNonNull("gap"));
    return copy;
  }

  private static JsonNode withoutId(JsonNode gap) {
    ObjectNode copy = gap.deepCopy();
    copy.remove("id");
    copy.remove("openNow");
    return copy;
  }

  /** In global time order; ties by case id, then by their order in the case. */
  private static List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    for (String line : SmallDesk.cases()) {
      ObjectNode one = (ObjectNode) DeskJson.mapper().readTree(line);
      String id = one.get("id").asText();
      String path = "/api/v1/cases/" + id;
      List<Event> its = new ArrayList<>();
      JsonNode messages = one.remove("messages");
      JsonNode links = one.remove("articles");
      JsonNode closedAt = one.remove("closedAt");
      JsonNode resolution = one.remove("resolution");
      its.add(event(its, one.get("openedAt").asText(), id, "/api/v1/cases", one.toString()));
      for (JsonNode message : messages) {
        its.add(event(its, message.get("at").asText(), id, path + "/messages", message.toString()));
      }
      for (JsonNode link : links) {
        its.add(event(its, link.get("at").asText(), id, path + "/articles", link.toString()));
      }
      String closing = "{\"at\":" + closedAt + ",\"resolution\":" + resolution + "}";
      its.add(event(its, closedAt.asText(), id, path + "/close", closing));
      events.addAll(its);
    }
    events.sort(
        Comparator.comparing(Event::at)
            .thenComparing(Event::caseId)
            .thenComparing(Event::position));
    return events;
  }

  private static Event event(List<Event> its, String at, String id, String path, String body) {
    return new Event(at, id, its.size(), path, body);
  }
}
