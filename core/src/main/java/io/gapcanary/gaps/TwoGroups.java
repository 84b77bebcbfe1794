package io.gapcanary.gaps;

import io.gapcanary.storage.GivingStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Which of two groups an article belongs to: those that customers come back after as usual, and the
 * incomplete ones.
 *
 * <p>After a usual article customers come back at the rate {@code e} that is expected; after an
 * incomplete one at a higher rate, which itself has the distribution Beta(2, 4) above {@code e}.
 * With {@code h} hits and {@code m} misses, incomplete is the likelier by the factor
 *
 * <pre>{@code
 * B(h + 2, m + 4) · P(Beta(h + 2, m + 4) > e)     1
 * ------------------------------------------- · -----------------
 *        B(2, 4) · P(Beta(2, 4) > e)             e^h · (1 − e)^m
 * }</pre>
 *
 * <p>How many articles are incomplete is learned from all of them by expectation maximisation, with
 * a prior of 2 % that is worth 20 articles: where many are, little evidence will do for the next
 * one, and where none is, much is needed.
 *
 * @param share of the incomplete articles, in (0, 1)
 * @see <a href="https://doi.org/10.1214/07-STS236">Efron (2008), Microarrays, Empirical Bayes and
 *     the Two-Groups Model</a>
 */
record TwoGroups(double share) {
  private static final double HITS = 2;
  private static final double MISSES = 4;
  private static final double PRIOR_SHARE = 0.02;
  private static final double PRIOR_ARTICLES = 20;
  private static final int ROUNDS = 10;

  private record Weighed(int articles, double logRatio) {}

  /**
   * Learns the share from all articles but one.
   *
   * @param articles their sums
   * @param but that article's, which are among them
   * @param expected the usual rate, in (0, 1)
   */
  static TwoGroups of(List<GivingStore.Alike> articles, GivingStore.Returns but, double expected) {
    List<Weighed> weighed = new ArrayList<>();
    double all = PRIOR_ARTICLES;
    for (GivingStore.Alike alike : articles) {
      GivingStore.Returns each = alike.each();
      int others = alike.articles() - (each.equals(but) ? 1 : 0);
      if (others > 0) {
        int misses = each.given() - each.returned();
        weighed.add(new Weighed(others, logRatio(each.returned(), misses, expected)));
        all += others;
      }
    }
    TwoGroups groups = new TwoGroups(PRIOR_SHARE);
    for (int round = 0; round < ROUNDS; round++) {
      double incomplete = PRIOR_SHARE * PRIOR_ARTICLES;
      for (Weighed one : weighed) {
        incomplete += one.articles * groups.incomplete(one.logRatio);
      }
      groups = new TwoGroups(incomplete / all);
    }
    return groups;
  }

  /**
   * The probability that an article is incomplete.
   *
   * @param hits in how many trials customers came back
   * @param misses in how many they did not; a trial that may still become a hit counts in part
   * @param expected the rate of a usual article, in (0, 1)
   */
  double incomplete(double hits, double misses, double expected) {
    return incomplete(logRatio(hits, misses, expected));
  }

  private double incomplete(double logRatio) {
    return 1 / (1 + Math.exp(-logRatio - Math.log(share) + Math.log1p(-share)));
  }

  private static double logRatio(double hits, double misses, double expected) {
    double usual = hits * Math.log(expected) + misses * Math.log1p(-expected);
    return logBetaAbove(expected, hits + HITS, misses + MISSES)
        - logBetaAbove(expected, HITS, MISSES)
        - usual;
  }

  /** The logarithm of the Beta function's integral from a rate up to 1. */
  private static double logBetaAbove(double rate, double a, double b) {
    return LogBeta.value(a, b)
        + Math.log(Math.max(Double.MIN_NORMAL, RegularizedBeta.complement(rate, a, b)));
  }
}
