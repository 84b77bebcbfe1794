package io.gapcanary.gaps;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * What some trials say of a rate: the Beta distribution that Jeffreys' prior, Beta(½, ½), becomes
 * after them.
 *
 * @see <a href="https://doi.org/10.1214/ss/1009213286">Brown, Cai, DasGupta (2001), Interval
 *     Estimation for a Binomial Proportion</a>
 */
final class Posterior {
  private final BetaDistribution distribution;

  Posterior(int hits, int misses) {
    this(BetaDistribution.of(hits + 0.5, misses + 0.5));
  }

  private Posterior(BetaDistribution distribution) {
    this.distribution = distribution;
  }

  /** What trials make of another prior: a rate that is worth some cases. */
  static Posterior from(double rate, double worth, int hits, double misses) {
    return new Posterior(BetaDistribution.of(hits + worth * rate, misses + worth * (1 - rate)));
  }

  /** The probability that the rate exceeds a limit. */
  double exceeds(double limit) {
    return limit <= 0 ? 1 : limit >= 1 ? 0 : distribution.survivalProbability(limit);
  }

  /** The lower end of the 95 % credible interval. */
  double low() {
    return distribution.inverseCumulativeProbability(0.025);
  }

  /** The upper end of the 95 % credible interval. */
  double high() {
    return distribution.inverseCumulativeProbability(0.975);
  }
}
