package io.gapcanary.gaps;

import io.gapcanary.GapFilter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of gaps ends: after a gap, and where that stood, so that the next page goes on there
 * when the gap has left the list meanwhile.
 *
 * @param id the gap
 * @param value what the order looks at first, the largest first; 0 for the order by impact
 * @param shelf see {@link RankedGap#shelf}; -1 when it is not known where the gap stood
 * @param score its impact
 */
record GapCursor(String id, double value, int shelf, double score) {
  private static final int NOWHERE = -1;
  private static final Pattern FORM =
      Pattern.compile("(gap-[1-9]\\d{0,8})(?:~([-\\d.E]{1,30})~(\\d)~([-\\d.E]{1,30}))?");

  /** The end of a page in an order. */
  static GapCursor of(RankedGap last, GapFilter.Order order) {
    return new GapCursor(last.id(), value(last, order), last.shelf(), last.score());
  }

  /**
   * The cursor of a text, {@code gap-12~0.0~0~3.5} or an id alone.
   *
   * @throws IllegalArgumentException when it is none
   */
  static GapCursor parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("after must be the cursor that a page ended with");
    }
    String value = parts.group(2);
    return value == null
        ? new GapCursor(parts.group(1), 0, NOWHERE, 0)
        : new GapCursor(
            parts.group(1),
            Double.parseDouble(value),
            Integer.parseInt(parts.group(3)),
            Double.parseDouble(parts.group(4)));
  }

  /**
   * Where the next page begins.
   *
   * @param gaps in the order that the cursor is of
   * @throws IllegalArgumentException when the gap is not among them, and nobody knows where it
   *     stood
   */
  static int next(List<RankedGap> gaps, GapFilter.Order order, @Nullable String text) {
    if (text == null) {
      return 0;
    }
    GapCursor cursor = parse(text);
    for (int i = 0; i < gaps.size(); i++) {
      if (gaps.get(i).id().equals(cursor.id)) {
        return i + 1;
      }
    }
    if (cursor.shelf == NOWHERE) {
      throw new IllegalArgumentException(cursor.id + " is not in the list: begin it again");
    }
    int from = 0;
    while (from < gaps.size() && !cursor.isBefore(gaps.get(from), order)) {
      from++;
    }
    return from;
  }

  private boolean isBefore(RankedGap gap, GapFilter.Order order) {
    int byValue = Double.compare(value, value(gap, order));
    int byShelf = Integer.compare(gap.shelf(), shelf);
    int byScore = Double.compare(score, gap.score());
    return byValue != 0
        ? byValue > 0
        : byShelf != 0 ? byShelf > 0 : byScore != 0 ? byScore > 0 : gap.number() > number();
  }

  private int number() {
    return Integer.parseInt(id.substring("gap-".length()));
  }

  private static double value(RankedGap gap, GapFilter.Order order) {
    return switch (order) {
      case IMPACT -> 0;
      case NEWEST -> gap.detectedAt().toEpochMilli();
      case CASES -> gap.cases();
      case TREND -> gap.impact().trend();
    };
  }

  @Override
  public String toString() {
    return id + "~" + value + "~" + shelf + "~" + score;
  }
}
