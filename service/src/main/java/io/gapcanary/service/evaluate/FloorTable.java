package io.gapcanary.service.evaluate;

import io.gapcanary.service.text.Voice;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What some floors would do, in a few lines of text with the one in use among them.
 *
 * @param points the floors, in any order
 * @param inUse the one in use
 */
record FloorTable(List<FloorPoint> points, FloorPoint inUse) {
  private static final int FIRST_COLUMN = 9;
  private static final int GAP = 3;

  void print(PrintStream out, Voice voice) {
    String wrong = voice.say("evaluation.curve.wrong");
    String missed = voice.say("evaluation.curve.missed");
    out.println(voice.say("evaluation.curve"));
    out.println(
        padded(voice.say("evaluation.curve.floor"), FIRST_COLUMN)
            + padded(wrong, width(wrong) + GAP)
            + padded(missed, width(missed) + GAP));
    for (FloorPoint point : rows()) {
      out.println(
          (point.equals(inUse) ? ">" : " ")
              + padded(String.format(Locale.ROOT, "%.3f", point.floor()), FIRST_COLUMN - 1)
              + padded(voice.percent(point.wrongSuggestions()), width(wrong) + GAP)
              + padded(voice.percent(point.missed()), width(missed) + GAP)
              + (point.equals(inUse) ? "   " + voice.say("evaluation.curve.inUse") : ""));
    }
  }

  /** The one in use takes the place of one that is written alike. */
  private List<FloorPoint> rows() {
    List<FloorPoint> rows = new ArrayList<>();
    points.stream()
        .filter(point -> Math.abs(point.floor() - inUse.floor()) >= 0.0005)
        .forEach(rows::add);
    rows.add(inUse);
    rows.sort(Comparator.comparingDouble(FloorPoint::floor));
    return rows;
  }

  private static String padded(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  /** Columns of a terminal: a Hangul syllable takes two. */
  private static int width(String text) {
    return text.codePoints()
        .map(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL ? 2 : 1)
        .sum();
  }
}
