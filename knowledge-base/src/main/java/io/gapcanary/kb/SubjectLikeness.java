package io.gapcanary.kb;

import java.util.Map;

/**
 * The probability that two questions ask the same thing: a logistic function of their words and
 * their meaning.
 */
final class SubjectLikeness {
  private SubjectLikeness() {}

  static double of(AskedText asked, QuestionIndex.Remembered other) {
    double words = overlap(asked.terms(), other.terms());
    if (!asked.bigrams().isEmpty()) {
      words = (words + overlap(asked.bigrams(), other.bigrams())) / 2;
    }
    float[] mine = asked.vector();
    float[] its = other.vector();
    if (mine == null || its == null || mine.length != its.length) {
      return logistic(-2.5 + 9 * words);
    }
    return logistic(-19.5 + 24 * Retrieval.dot(mine, its) + 3 * words);
  }

  private static double overlap(Map<String, Double> question, java.util.Set<String> other) {
    return Retrieval.overlap(question, other);
  }

  static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
