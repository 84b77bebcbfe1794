package io.gapcanary.service.evaluate;

import io.gapcanary.service.text.Voice;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person reads of an evaluation: each figure with what it means. */
final class EvaluationSummary {
  private static final List<String> SHOWN =
      List.of("hit@1", "hit@3", "mrr@10", "auroc", "fpr95", "ece");

  private final Map<String, Object> figures;
  private final FloorTable table;
  private final Voice voice;

  EvaluationSummary(Map<String, Object> figures, FloorTable table, Voice voice) {
    this.figures = figures;
    this.table = table;
    this.voice = voice;
  }

  void print(PrintStream out) {
    out.println();
    out.println(
        voice.say(
            "evaluation.questions",
            figure(figures, "questions"),
            figure(figures, "answerable"),
            figure(figures, "unanswerable")));
    out.println();
    SHOWN.stream()
        .filter(figures::containsKey)
        .forEach(key -> line(out, key, figure(figures, key), voice.say("evaluation." + key)));
    if (figures.get("no_match") instanceof Map<?, ?> refused) {
      line(
          out,
          "no-match",
          figure(refused, "f1"),
          voice.say(
              "evaluation.no_match", figure(refused, "precision"), figure(refused, "recall")));
    }
    if (figures.get("millis") instanceof Map<?, ?> millis) {
      out.println(
          "  "
              + voice.say(
                  "evaluation.millis",
                  figure(millis, "p50"),
                  figure(millis, "p95"),
                  figure(millis, "p99")));
    }
    out.println();
    out.println(voice.say("evaluation.floor", figure(figures, "floor")));
    if (figures.get("floors") instanceof Map<?, ?> floors && floors.size() > 1) {
      out.println(voice.say("evaluation.floors", byLanguage(floors)));
    }
    if (figures.containsKey("auroc")) {
      out.println();
      table.print(out, voice);
      out.println(voice.say("evaluation.curve.says"));
    }
  }

  private String byLanguage(Map<?, ?> floors) {
    return floors.keySet().stream()
        .map(String::valueOf)
        .map(tag -> voice.sayOr("language." + tag, tag) + " " + figure(floors, tag))
        .collect(Collectors.joining(", "));
  }

  private static void line(PrintStream out, String key, String figure, String meaning) {
    out.printf("  %-8s %s   %s%n", key, figure, meaning);
  }

  private static String figure(Map<?, ?> figures, String key) {
    return figures.get(key) instanceof Double value
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.valueOf(figures.get(key));
  }
}
