package io.gapcanary.cases;

import io.gapcanary.kb.Matches;
import io.gapcanary.storage.CaseRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A closed case with everything that was found out about it: what the gaps' rules go by.
 *
 * @param row the case
 * @param matches what its question matches, its own links left out
 * @param own the articles that were given in it
 * @param takenOver the articles given in the case that it reconnects to
 * @param dismissed true when the agent found a suggestion unfit
 * @param repeatOf the case that it repeats, or {@code null}
 * @param reconnectOf the case that it reconnects to, or {@code null}
 * @param at when it closed
 */
public record JudgedCase(
    CaseRow row,
    Matches matches,
    List<String> own,
    List<String> takenOver,
    boolean dismissed,
    @Nullable String repeatOf,
    @Nullable String reconnectOf,
    Instant at) {
  /** Takes copies. */
  public JudgedCase {
    own = List.copyOf(own);
    takenOver = List.copyOf(takenOver);
  }

  /** True when the customer got an article, in this case or in the one that was cut off. */
  public boolean given() {
    return !own.isEmpty() || !takenOver.isEmpty();
  }
}
