package io.gapcanary;

import org.jspecify.annotations.Nullable;

/**
 * Which cases to list, the one that opened last first.
 *
 * @param state {@code null}: open and closed ones
 * @param agentId only those of this agent; {@code null}: of all, and those that nobody has taken
 * @param limit how many a page shall have, at least 1
 * @param after the cursor that the page before ended with, or {@code null}
 */
public record CaseFilter(
    @Nullable State state, @Nullable String agentId, int limit, @Nullable String after) {
  /** The open cases of all agents, a hundred a page. */
  public static final CaseFilter OPEN = new CaseFilter(State.OPEN, null, 100, null);

  /** Whether a case goes on. */
  public enum State implements WireName {
    OPEN,
    CLOSED
  }

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when it is less than 1
   */
  public CaseFilter {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, and is " + limit);
    }
  }

  /** The same of one agent, or with {@code null} of all. */
  public CaseFilter of(@Nullable String agent) {
    return new CaseFilter(state, agent, limit, after);
  }

  /** The same from a cursor on. */
  public CaseFilter after(@Nullable String cursor) {
    return new CaseFilter(state, agentId, limit, cursor);
  }

  /** The same with pages of another size. */
  public CaseFilter limit(int most) {
    return new CaseFilter(state, agentId, most, after);
  }
}
