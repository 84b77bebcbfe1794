package io.gapcanary.kb;

/**
 * What is measured between a question and one article, each in [0, 1] unless it says otherwise.
 *
 * <p>"Words" are weighted by how telling they are for this desk; for Korean they are the mean of
 * morphemes and syllable pairs. "Meaning" is a cosine, 0 without a model.
 */
enum Feature {
  /** Share of the question's words that the title has. */
  TITLE_COVERAGE,
  /** Words that question and title share, of all that either has. */
  TITLE_OVERLAP,
  /** Share of the question's words that the best passage has. */
  BODY_COVERAGE,
  /** Share of the question's words that the best learned wording has. */
  ASKED_COVERAGE,
  /** Words that question and the best learned wording share, of all that either has. */
  ASKED_OVERLAP,
  /** Share of the question's words that the article has anywhere. */
  UNION_COVERAGE,
  /** The best overlap of any unit. */
  BEST_OVERLAP,
  /** Meaning of the title. */
  TITLE_MEANING,
  /** Meaning of the nearest passage. */
  BODY_MEANING,
  /** Meaning of the nearest learned wording. */
  ASKED_MEANING,
  /** Mean meaning of the three nearest learned wordings. */
  ASKED_MEANING_3,
  /** The best meaning of any unit. */
  BEST_MEANING,
  /**
   * Share of this article among the fifteen nearest units, by meaning or, without a model, by
   * words.
   */
  NEIGHBOUR_SHARE,
  /** Meaning of all its units together: {@code log(sum(exp(30 m))) / 30}. */
  MEANING_MASS,
  /** Overlap of all its units together: {@code log(sum(exp(10 o))) / 10}. */
  WORD_MASS,
  /** 1 when wordings were learned for it and are near, else 0. */
  HAS_ASKED;

  static final int COUNT = values().length;
}
