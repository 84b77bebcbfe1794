package io.gapcanary.kb;

/**
 * What is measured between a question and one article, each in [0, 1] unless it says otherwise.
 *
 * <p>"Words" are weighted by how telling they are for this desk; for Korean they are the mean of
 * morphemes and syllable pairs. "Meaning" is a cosine as seen from the desk's {@link Centre}, 0
 * without a model or where it is negative.
 */
enum Feature {
  /** Share of the question's words that the title has. */
  TITLE_COVERAGE,
  /** Share of the title's words that the question has. */
  TITLE_RECALL,
  /** Words that question and title share, of all that either has. */
  TITLE_OVERLAP,
  /** Cosine of the words of question and title. */
  TITLE_COSINE,
  /** Share of the question's words that the best passage has. */
  BODY_COVERAGE,
  /** Share of the best passage's words that the question has. */
  BODY_RECALL,
  /** Share of the question's words that the best learned wording has. */
  ASKED_COVERAGE,
  /** Words that question and the best learned wording share, of all that either has. */
  ASKED_OVERLAP,
  /** Share of the question's words that the article has anywhere. */
  UNION_COVERAGE,
  /** The best overlap of any unit. */
  BEST_OVERLAP,
  /** The best cosine of words of any unit. */
  BEST_COSINE,
  /** Cosine of the question's words and those of all units together, each as often as it occurs. */
  CENTRE_COSINE,
  /** Overlap of all its units together: {@code log(sum(exp(10 o))) / 10}. */
  WORD_MASS,
  /** Meaning of the title. */
  TITLE_MEANING,
  /** Meaning of the nearest passage. */
  BODY_MEANING,
  /** Meaning of the nearest learned wording. */
  ASKED_MEANING,
  /** The best meaning of any unit. */
  BEST_MEANING,
  /** Meaning of the mean of all its units. */
  CENTRE_MEANING,
  /** Meaning of the mean of its units, each weighted by {@code exp(4 m)} of its own meaning m. */
  FOCUS_MEANING,
  /** Share of this article among the fifteen nearest units. */
  NEIGHBOUR_SHARE,
  /** 1 when wordings were learned for it and are near, else 0. */
  HAS_ASKED;

  static final int COUNT = values().length;
}
