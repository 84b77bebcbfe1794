package io.gapcanary.kb;

import org.jspecify.annotations.Nullable;

/**
 * The probability that two questions ask the same thing: a logistic function of their words and
 * their meaning, fitted on pairs of labelled questions among which one in ten asks the same.
 *
 * <p>Meaning is a cosine as seen from the desk's {@link Centre}. Before the desk has one, the plain
 * cosine stands in, with weights of its own.
 */
final class SubjectLikeness {
  private final Centre centre;

  /**
   * @param centre the desk's, or {@link Centre#NONE}
   */
  SubjectLikeness(Centre centre) {
    this.centre = centre;
  }

  Centre centre() {
    return centre;
  }

  double of(AskedText asked, QuestionIndex.Remembered other) {
    double[] f = features(asked, other, centre);
    return of(f[0], f[1], asked.vector() != null && other.vector() != null);
  }

  /** Likewise, of a question and a unit that was measured against it. */
  double of(AskedText asked, Candidate.ScoredUnit scored) {
    float[] mine = asked.vector();
    float[] its = scored.unit().vector();
    return of(scored.words().overlap(), meaning(mine, its, centre), mine != null && its != null);
  }

  /**
   * Likewise, of what was measured.
   *
   * @param overlap the words that both have of all that either has, weighted
   * @param meaning the cosine of meaning as seen from the centre
   * @param meant whether both have a meaning
   */
  double of(double overlap, double meaning, boolean meant) {
    if (!meant) {
      return logistic(-8 + 23 * overlap);
    }
    return centre.known()
        ? logistic(-5.3 + 9.5 * meaning + 2.5 * overlap)
        : logistic(-16.2 + 19 * meaning + 3 * overlap);
  }

  /**
   * The words that both have of all that either has, weighted; and the cosine of meaning, 0
   * without.
   */
  static double[] features(AskedText asked, QuestionIndex.Remembered other, Centre centre) {
    double overlap = WordLikeness.of(asked.terms(), other.terms()).overlap();
    if (!asked.bigrams().isEmpty()) {
      overlap = (overlap + WordLikeness.of(asked.bigrams(), other.bigrams()).overlap()) / 2;
    }
    return new double[] {overlap, meaning(asked.vector(), other.vector(), centre)};
  }

  private static double meaning(float @Nullable [] one, float @Nullable [] other, Centre centre) {
    return one == null || other == null || one.length != other.length
        ? 0
        : centre.cosine(one, other);
  }

  static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
