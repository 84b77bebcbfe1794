package io.gapcanary.kb;

import java.util.Map;
import java.util.Set;

/**
 * How a question's words and a text's compare, each in [0, 1]. Words that only the text has are
 * taken to be of a usual weight, for theirs are not looked up.
 *
 * @param coverage share of the question's words that the text has, weighted
 * @param recall share of the text's words that the question has, weighted
 * @param overlap words that both have of all that either has: a weighted Jaccard index
 */
record WordLikeness(double coverage, double recall, double overlap) {
  static final WordLikeness NONE = new WordLikeness(0, 0, 0);

  /** The weight of a word that only the text has: half of that of a question's usual word. */
  static final double UNASKED = 0.35;

  /**
   * Compares.
   *
   * @param question each word with how telling it is
   * @param text distinct words
   */
  static WordLikeness of(Map<String, Double> question, Set<String> text) {
    double shared = 0;
    double all = 0;
    int common = 0;
    for (Map.Entry<String, Double> term : question.entrySet()) {
      double weight = term.getValue();
      all += weight;
      if (text.contains(term.getKey())) {
        shared += weight;
        common++;
      }
    }
    return of(shared, all, text.size() - common);
  }

  /**
   * Likewise, of what was found.
   *
   * @param shared the weight of the words that both have
   * @param all the weight of the question's words
   * @param unasked how many words only the text has
   */
  static WordLikeness of(double shared, double all, int unasked) {
    if (shared == 0) {
      return NONE;
    }
    return new WordLikeness(
        shared / all, shared / (shared + UNASKED * unasked), shared / (all + UNASKED * unasked));
  }

  /** The mean of two views of the same texts. */
  WordLikeness mean(WordLikeness other) {
    return new WordLikeness(
        (coverage + other.coverage) / 2,
        (recall + other.recall) / 2,
        (overlap + other.overlap) / 2);
  }
}
