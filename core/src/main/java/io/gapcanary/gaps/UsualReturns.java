package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.storage.GivingStore;
import java.util.Set;

/**
 * How often customers usually come back after an article of the desk, over givings or over chains
 * of them.
 *
 * <p>It is the rate {@code (R + k·p) ÷ (N + k)}, where {@code R} of {@code N} are the sums of the
 * articles, {@code p} the prior rate and {@code k} the cases that it is worth. Articles that are
 * known to be incomplete are left out, and, in two rounds, those whose returns lie two standard
 * deviations or more above that rate: a few bad articles not found yet must not make the next one
 * look usual.
 *
 * @param threshold the rate that the last round held articles against
 * @param sums of the articles that are left
 * @param incomplete the articles that are known to be incomplete
 */
record UsualReturns(
    double threshold, GivingStore.Returns sums, Set<String> incomplete, DeskSettings settings) {
  private static final int ROUNDS = 2;

  /** A rate of 0, or of 1, would make one case proof. */
  private static final double LEAST = 1e-6;

  static UsualReturns of(GivingStore givings, GivingStore.Over over, DeskSettings settings) {
    Set<String> incomplete = givings.incomplete();
    double threshold = 1;
    GivingStore.Returns sums = givings.usual(threshold, over);
    for (int round = 0; round < ROUNDS; round++) {
      threshold = rate(sums, settings);
      sums = givings.usual(threshold, over);
    }
    return new UsualReturns(threshold, sums, incomplete, settings);
  }

  private static double rate(GivingStore.Returns sums, DeskSettings settings) {
    double prior = settings.priorCases();
    double rate = (sums.returned() + prior * settings.priorRepeatRate()) / (sums.given() + prior);
    return Math.clamp(rate, LEAST, 1 - LEAST);
  }

  /** The rate of all but one article, whose own sums are these. */
  double without(String articleId, GivingStore.Returns mine) {
    boolean counted = !incomplete.contains(articleId) && GivingStore.isUsual(mine, threshold);
    return counted
        ? rate(
            new GivingStore.Returns(sums.given() - mine.given(), sums.returned() - mine.returned()),
            settings)
        : rate(sums, settings);
  }
}
