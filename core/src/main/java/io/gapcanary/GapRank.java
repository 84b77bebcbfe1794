package io.gapcanary;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a gap stands among those of its list by impact, and why.
 *
 * @param gapId the gap
 * @param rank 1 for the first
 * @param of how many there are
 * @param share of the impact of all live gaps of the list, in [0, 1]; 0 for one that is done with
 * @param cumulative the same of it and all before it
 * @param next what puts it above the next one; {@code null} for the last
 */
public record GapRank(
    String gapId, int rank, int of, double share, double cumulative, @Nullable OverNext next) {

  /** What decides between a gap and the next. */
  public enum Because implements WireName {
    /** Its impact is greater. */
    IMPACT,
    /** The next one is done with: verified or dismissed. */
    STATE,
    /** Their impacts are equal; the older one stands first. */
    AGE
  }

  /**
   * A gap against the next one.
   *
   * @param gapId the next one
   * @param title its title
   * @param because what decides
   * @param times how many times the impact is the next one's, at least 1
   * @param factors one by one, those that speak loudest for the gap first
   */
  public record OverNext(
      String gapId, String title, Because because, double times, List<Factor> factors) {
    /** Takes a copy. */
    public OverNext {
      factors = List.copyOf(factors);
    }

    /** The factor that speaks loudest for it, where one does. */
    public Optional<Factor> decisive() {
      return factors.stream().findFirst().filter(factor -> factor.times() > NOTHING);
    }

    /** The factor that speaks loudest against it, where one does. */
    public Optional<Factor> contrary() {
      return factors.isEmpty()
          ? Optional.empty()
          : Optional.of(factors.getLast()).filter(factor -> factor.times() < 1 / NOTHING);
    }
  }

  /** Less than this is no difference worth a word. */
  private static final double NOTHING = 1.05;

  /**
   * A factor of both.
   *
   * @param factor which
   * @param mine the gap's; a repeat rate is told as it is, without the 1 that is added to it
   * @param next the next one's
   * @param times what it alone makes of the impacts, weight included: more than 1 speaks for the
   *     gap
   */
  public record Factor(ImpactFactor factor, double mine, double next, double times) {}

  /** Compares two impacts factor by factor, under these weights. */
  public static List<Factor> compare(Impact mine, Impact next, ImpactWeights weights) {
    return Stream.of(ImpactFactor.values())
        .map(factor -> factor(factor, mine, next, weights))
        .sorted(Comparator.comparingDouble(Factor::times).reversed())
        .toList();
  }

  private static Factor factor(
      ImpactFactor factor, Impact mine, Impact next, ImpactWeights weights) {
    double ratio = atLeastSomething(factor.of(mine)) / atLeastSomething(factor.of(next));
    double times = Math.round(1000 * Math.pow(ratio, weights.of(factor))) / 1000.0;
    double less = factor == ImpactFactor.REPEAT_RATE ? 1 : 0;
    return new Factor(factor, told(factor.of(mine) - less), told(factor.of(next) - less), times);
  }

  private static double atLeastSomething(double value) {
    return Math.max(value, 1e-6);
  }

  private static double told(double value) {
    return Math.round(10_000 * value) / 10_000.0;
  }
}
