package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.exchange.DeskJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {
  private static final Pattern METRIC = Pattern.compile("\\b([a-z][a-z_]+)\\{");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][a-z_]+)[{ ]");

  private static LiveDesk live;
  private static String scraped;

  @BeforeAll
  static void live(@TempDir Path folder) {
    live = LiveDesk.on(folder);
    live.put("/api/v1/articles/kb-1", "{\"title\":\"Invoices\",\"body\":\"Open Billing.\"}");
    live.post("/api/v1/cases", "{\"id\":\"c-1\"}");
    live.post(
        "/api/v1/cases/c-1/messages",
        "{\"from\":\"customer\",\"text\":\"Where do I find my invoices?\"}");
    live.post("/api/v1/cases/c-1/close", "{}");
    scraped = live.get("/metrics").body();
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  void theDashboardShowsOnlyWhatThereIsToMeasure() throws Exception {
    JsonNode dashboard =
        DeskJson.mapper().readTree(Files.readString(Path.of("../docs/grafana-dashboard.json")));
    Set<String> shown = new TreeSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        Set<String> inPanel = names(METRIC, target.get("expr").asText());
        assertThat(inPanel).as(panel.get("title").asText()).isNotEmpty();
        shown.addAll(inPanel);
      }
    }
    assertThat(names(SAMPLE, scraped)).containsAll(shown);
  }

  @Test
  void whateverGapcanaryMeasuresOfItselfIsOnTheDashboardOrInTheDocument() throws Exception {
    String documents =
        Files.readString(Path.of("../docs/grafana-dashboard.json"))
            + Files.readString(Path.of("../docs/operation.md"));
    assertThat(names(SAMPLE, scraped).stream().filter(name -> name.startsWith("gapcanary_")))
        .isNotEmpty()
        .allMatch(
            name -> documents.contains(name.replaceFirst("_(bucket|count|sum|max|total)$", "")));
  }

  @Test
  void eachStageOfASuggestionIsTimed() {
    assertThat(scraped)
        .contains(
            "gapcanary_suggestion_stage_seconds_count{stage=\"question\"}",
            "gapcanary_suggestion_stage_seconds_count{stage=\"match\"}",
            "gapcanary_suggestion_stage_seconds_count{stage=\"advice\"}");
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
