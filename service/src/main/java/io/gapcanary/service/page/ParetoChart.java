package io.gapcanary.service.page;

import io.gapcanary.Gap;
import io.gapcanary.GapPage;
import io.gapcanary.GapRank;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the cost spreads over the first gaps, drawn as an SVG of 700 by 170.
 *
 * @param bars one a gap, the costliest first
 * @param line where the sum of the shares runs, as SVG's points
 */
public record ParetoChart(List<Bar> bars, String line) {
  private static final int MOST = 30;
  private static final double LEFT = 52;
  private static final double WIDTH = 638;
  private static final double TOP = 12;
  private static final double HEIGHT = 130;

  /** Takes a copy. */
  public ParetoChart {
    bars = List.copyOf(bars);
  }

  /**
   * A gap.
   *
   * @param rank where it stands
   * @param gap the gap
   */
  public record Bar(
      GapRank rank, Gap gap, String x, String y, String width, String height, boolean within) {}

  /** Draws the live gaps of a page that is sorted by impact. */
  static ParetoChart of(GapPage page) {
    List<Bar> bars = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int count =
        (int) Math.min(MOST, page.ranks().stream().filter(rank -> rank.share() > 0).count());
    double step = WIDTH / Math.max(6, count);
    for (int i = 0; i < count; i++) {
      GapRank rank = page.ranks().get(i);
      double left = LEFT + step * i;
      bars.add(
          new Bar(
              rank,
              page.gaps().get(i),
              number(left + step * 0.12),
              number(TOP + HEIGHT * (1 - rank.share())),
              number(step * 0.76),
              number(Math.max(1, HEIGHT * rank.share())),
              rank.rank() <= page.pareto().gaps()));
      line.append(i == 0 ? "" : " ")
          .append(number(left + step / 2))
          .append(',')
          .append(number(TOP + HEIGHT * (1 - rank.cumulative())));
    }
    return new ParetoChart(bars, line.toString());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
