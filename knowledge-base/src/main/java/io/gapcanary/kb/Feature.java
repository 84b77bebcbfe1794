package io.gapcanary.kb;

/**
 * What is measured between a question and one article, each in [0, 1].
 *
 * <p>"Words" are weighted by how telling they are for this desk; for Korean they are the mean of
 * morphemes and syllable pairs. "Meaning" is a cosine as seen from the desk's {@link Centre}, 0
 * without a model or where it is negative. Each earned its place: docs/decisions has what was
 * tried.
 */
enum Feature {
  /** Share of the title's words that the question has. */
  TITLE_RECALL,
  /** Share of the best passage's words that the question has. */
  BODY_RECALL,
  /** Words that the question and the best of its units share, of all that either has. */
  BEST_OVERLAP,
  /** Cosine of the question's words and those of all units together, each as often as it occurs. */
  CENTRE_COSINE,
  /** Meaning of the mean of its units, each weighted by {@code exp(4 m)} of its own meaning m. */
  FOCUS_MEANING,
  /** 1 when wordings were learned for it and are near, else 0. */
  HAS_ASKED;

  static final int COUNT = values().length;
}
