package io.gapcanary;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which gaps to list.
 *
 * @param kinds empty: every kind
 * @param states empty: every state
 * @param limit how many at most, 1 to 1,000
 * @param after the cursor that the page before ended with, or {@code null} to begin
 */
public record GapFilter(
    Set<Gap.Kind> kinds, Set<Gap.State> states, int limit, @Nullable String after) {
  /** Every gap that is not dismissed, the first fifty. */
  public static final GapFilter FIRST_PAGE =
      new GapFilter(
          Set.of(),
          Set.of(
              Gap.State.OPEN,
              Gap.State.ASSIGNED,
              Gap.State.DRAFTED,
              Gap.State.PUBLISHED,
              Gap.State.VERIFIED),
          50,
          null);

  /**
   * Takes copies.
   *
   * @throws IllegalArgumentException when the limit is out of range
   */
  public GapFilter {
    kinds = Set.copyOf(kinds);
    states = Set.copyOf(states);
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must lie between 1 and 1000, not " + limit);
    }
  }

  /** The same list, from a cursor on. */
  public GapFilter after(@Nullable String cursor) {
    return new GapFilter(kinds, states, limit, cursor);
  }

  /** The same list in pages of another size. */
  public GapFilter limit(int size) {
    return new GapFilter(kinds, states, size, after);
  }
}
