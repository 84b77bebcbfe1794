package io.gapcanary;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a desk does: its closed cases counted, all together and by one of their circumstances.
 *
 * @param by what the rows are by
 * @param from the first day of closing that counts, where the desk is; {@code null}: from the
 *     beginning
 * @param to the last day, itself included; {@code null}: to the end
 * @param total all of it
 * @param rows by week, the earliest first; else by cases, the most first
 */
public record DeskHealth(
    By by, @Nullable LocalDate from, @Nullable LocalDate to, DeskFigures total, List<Row> rows) {
  /** Takes a copy. */
  public DeskHealth {
    rows = List.copyOf(rows);
  }

  /** What to count by. */
  public enum By implements WireName {
    /** The week of closing, from Monday, where the desk is. */
    WEEK,
    PRODUCT,
    CHANNEL,
    SEGMENT,
    /** The language of the question. */
    LANGUAGE
  }

  /**
   * Which cases to count, and by what.
   *
   * @param by what the rows are by
   * @param from the first day of closing, where the desk is, or {@code null}
   * @param to the last day, or {@code null}
   * @param slice which circumstances
   */
  public record Query(By by, @Nullable LocalDate from, @Nullable LocalDate to, CaseSlice slice) {
    /** All of it, by week. */
    public static final Query WEEKS = new Query(By.WEEK, null, null, CaseSlice.ALL);

    /**
     * Checks the days.
     *
     * @throws IllegalArgumentException when {@code to} lies before {@code from}
     */
    public Query {
      if (from != null && to != null && to.isBefore(from)) {
        throw new IllegalArgumentException("to must not lie before from");
      }
    }
  }

  /** The cases behind a figure. */
  public enum Measure implements WireName {
    /** All that were counted. */
    CASES,
    ANSWERED,
    NO_MATCH,
    TOO_LITTLE_TEXT,
    /** Not judged, for search or model was unhealthy. */
    UNAVAILABLE,
    /** With a resolution, and something given. */
    KNOWN,
    NOT_CAPTURED,
    NEW,
    REPEATS,
    RECONNECTS,
    /** Opened while an earlier case of the customer was open. */
    CONCURRENT,
    /** Something was given. */
    LINKED,
    /** Solved with something given; solved with nothing given is {@link #NOT_CAPTURED}. */
    SOLVED_WITH_ARTICLE,
    DOUBTFUL_LINKS,
    UNIDENTIFIED
  }

  /**
   * A case behind a figure.
   *
   * @param caseId the case
   * @param closedOn the day of its close, where the desk is
   * @param question what it asks, masked
   */
  public record CountedCase(String caseId, LocalDate closedOn, String question) {}

  /**
   * A line.
   *
   * @param key the Monday of the week, or the product and so on; {@code null} when no case told
   * @param figures of the cases of that line
   */
  public record Row(@Nullable String key, DeskFigures figures) {}
}
