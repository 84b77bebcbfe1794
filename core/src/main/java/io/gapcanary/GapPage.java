package io.gapcanary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of gaps.
 *
 * @param gaps in the order that was asked for
 * @param ranks where each of them stands by impact
 * @param pareto how few of the list make most of its cost
 * @param next the cursor for {@link GapFilter#after(String)}, or {@code null} at the end
 */
public record GapPage(List<Gap> gaps, List<GapRank> ranks, Pareto pareto, @Nullable String next) {
  /** Takes copies. */
  public GapPage {
    gaps = List.copyOf(gaps);
    ranks = List.copyOf(ranks);
  }
}
