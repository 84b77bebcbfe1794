package io.gapcanary.kb;

import org.jspecify.annotations.Nullable;

/**
 * The probability that two questions ask the same thing: a logistic function of their words and
 * their meaning, fitted on pairs of labelled questions among which one in ten asks the same.
 */
final class SubjectLikeness {
  private SubjectLikeness() {}

  static double of(AskedText asked, QuestionIndex.Remembered other) {
    double[] f = features(asked, other);
    return of(f[0], f[1]);
  }

  static double of(double overlap, double meaning) {
    return meaning > 0 ? logistic(-16.2 + 19 * meaning + 3 * overlap) : logistic(-8 + 23 * overlap);
  }

  /**
   * The words that both have of all that either has, weighted; and the cosine of meaning, 0
   * without.
   */
  static double[] features(AskedText asked, QuestionIndex.Remembered other) {
    double overlap = Retrieval.overlap(asked.terms(), other.terms());
    if (!asked.bigrams().isEmpty()) {
      overlap = (overlap + Retrieval.overlap(asked.bigrams(), other.bigrams())) / 2;
    }
    return new double[] {overlap, meaning(asked.vector(), other.vector())};
  }

  private static double meaning(float @Nullable [] one, float @Nullable [] other) {
    return one == null || other == null || one.length != other.length
        ? 0
        : Retrieval.dot(one, other);
  }

  static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
