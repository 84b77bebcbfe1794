package io.gapcanary;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which gaps to list, and in which order.
 *
 * @param kinds empty: every kind
 * @param states empty: every state
 * @param owner only gaps that this person sees to, in whatever case the name is written; {@code
 *     null}: whoever does, and nobody
 * @param slice only gaps with such cases, counted and ranked by those alone
 * @param order what comes first
 * @param limit how many at most, 1 to 1,000
 * @param after the cursor that the page before ended with, or {@code null} to begin
 */
public record GapFilter(
    Set<Gap.Kind> kinds,
    Set<Gap.State> states,
    @Nullable String owner,
    CaseSlice slice,
    Order order,
    int limit,
    @Nullable String after) {
  /** What comes first. */
  public enum Order implements WireName {
    /** Live gaps by impact, then verified ones, then dismissed ones. */
    IMPACT,
    /** The one detected last. */
    NEWEST,
    /** The one with the most cases. */
    CASES,
    /** The one that grows fastest. */
    TREND
  }

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

  /** By impact, whatever the cases. */
  public GapFilter(Set<Gap.Kind> kinds, Set<Gap.State> states, int limit, @Nullable String after) {
    this(kinds, states, null, CaseSlice.ALL, Order.IMPACT, limit, after);
  }

  /** The same list, from a cursor on. */
  public GapFilter after(@Nullable String cursor) {
    return new GapFilter(kinds, states, owner, slice, order, limit, cursor);
  }

  /** The same list in pages of another size. */
  public GapFilter limit(int size) {
    return new GapFilter(kinds, states, owner, slice, order, size, after);
  }

  /** The same list of some cases only. */
  public GapFilter slice(CaseSlice cases) {
    return new GapFilter(kinds, states, owner, cases, order, limit, after);
  }

  /** The same list in another order. */
  public GapFilter order(Order first) {
    return new GapFilter(kinds, states, owner, slice, first, limit, after);
  }

  /** The same list of the gaps that one person sees to, or with {@code null} of all. */
  public GapFilter owner(@Nullable String person) {
    return new GapFilter(kinds, states, person, slice, order, limit, after);
  }

  /** True for a gap of this kind, state and owner. */
  public boolean has(Gap.Kind kind, Gap.State state, @Nullable String itsOwner) {
    return (kinds.isEmpty() || kinds.contains(kind))
        && (states.isEmpty() || states.contains(state))
        && (owner == null || owner.equalsIgnoreCase(itsOwner));
  }
}
