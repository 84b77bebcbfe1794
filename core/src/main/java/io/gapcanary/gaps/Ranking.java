package io.gapcanary.gaps;

import io.gapcanary.GapFilter;
import io.gapcanary.GapRank;
import io.gapcanary.ImpactWeights;
import io.gapcanary.Pareto;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order of some gaps by impact, and what puts each above the next. */
final class Ranking {
  /** Live ones by impact, then those that evidence has verified, then dismissed ones. */
  static final Comparator<RankedGap> BY_IMPACT =
      Comparator.comparingInt(RankedGap::shelf)
          .thenComparing(Comparator.comparingDouble(RankedGap::score).reversed())
          .thenComparingInt(RankedGap::number);

  private final List<RankedGap> byImpact;
  private final Map<String, GapRank> ranks = new LinkedHashMap<>();
  private final Pareto pareto;

  Ranking(List<RankedGap> gaps, ImpactWeights weights) {
    byImpact = gaps.stream().sorted(BY_IMPACT).toList();
    double all = byImpact.stream().filter(RankedGap::live).mapToDouble(RankedGap::score).sum();
    double sum = 0;
    int most = 0;
    for (int i = 0; i < byImpact.size(); i++) {
      RankedGap gap = byImpact.get(i);
      double share = !gap.live() || all == 0 ? 0 : gap.score() / all;
      if (gap.live() && all > 0 && sum < Pareto.MOST) {
        most++;
      }
      sum += share;
      RankedGap next = i + 1 < byImpact.size() ? byImpact.get(i + 1) : null;
      ranks.put(
          gap.id(),
          new GapRank(
              gap.id(),
              i + 1,
              byImpact.size(),
              Rounded.to4(share),
              Rounded.to4(Math.min(1, sum)),
              over(gap, next, weights)));
    }
    int live = (int) byImpact.stream().filter(RankedGap::live).count();
    pareto = new Pareto(Pareto.MOST, most, live, Rounded.toDigits(all));
  }

  private static GapRank.@Nullable OverNext over(
      RankedGap gap, @Nullable RankedGap next, ImpactWeights weights) {
    if (next == null) {
      return null;
    }
    GapRank.Because because =
        gap.shelf() != next.shelf()
            ? GapRank.Because.STATE
            : gap.score() > next.score() ? GapRank.Because.IMPACT : GapRank.Because.AGE;
    return new GapRank.OverNext(
        next.id(),
        next.gap().title(),
        because,
        next.score() == 0 ? 1 : Rounded.toDigits(gap.score() / next.score()),
        GapRank.compare(gap.impact(), next.impact(), weights));
  }

  /** The gaps, those that come first in an order first. */
  List<RankedGap> in(GapFilter.Order order) {
    List<RankedGap> sorted = new ArrayList<>(byImpact);
    switch (order) {
      case IMPACT -> {}
      case NEWEST -> sorted.sort(Comparator.comparing(RankedGap::detectedAt).reversed());
      case CASES ->
          sorted.sort(Comparator.comparingInt((RankedGap gap) -> gap.members().size()).reversed());
      case TREND ->
          sorted.sort(
              Comparator.comparingDouble((RankedGap gap) -> gap.impact().trend()).reversed());
    }
    return sorted;
  }

  /** Where a gap stands. */
  @Nullable GapRank of(String gapId) {
    return ranks.get(gapId);
  }

  Pareto pareto() {
    return pareto;
  }
}
