package io.gapcanary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which cases of a gap to list, the one that closed last first.
 *
 * @param from only those that closed then or later; {@code null}: from the first one on
 * @param to only those that closed before; {@code null}: to the last one
 * @param limit how many a page shall have, 1 to 1,000
 * @param after the cursor that the page before ended with, or {@code null} to begin
 */
public record GapCaseFilter(
    @Nullable Instant from, @Nullable Instant to, int limit, @Nullable String after) {
  /** All of them, a hundred a page. */
  public static final GapCaseFilter ALL = new GapCaseFilter(null, null, 100, null);

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public GapCaseFilter {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must lie between 1 and 1000, not " + limit);
    }
  }

  /** The same of a period only. */
  public GapCaseFilter between(@Nullable Instant start, @Nullable Instant end) {
    return new GapCaseFilter(start, end, limit, after);
  }

  /** The same with pages of another size. */
  public GapCaseFilter limit(int size) {
    return new GapCaseFilter(from, to, size, after);
  }

  /** The same from a cursor on. */
  public GapCaseFilter after(@Nullable String cursor) {
    return new GapCaseFilter(from, to, limit, cursor);
  }
}
