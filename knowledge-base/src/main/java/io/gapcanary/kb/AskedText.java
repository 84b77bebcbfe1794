package io.gapcanary.kb;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question as the index sees it: its language, its weighted terms and its meaning.
 *
 * @param language the language its words are in
 * @param terms each distinct term with how telling it is, in [0, 1]; the most telling first
 * @param bigrams likewise, for Hangul
 * @param surfaces each term's word in the question
 * @param vector its meaning, or {@code null}
 * @param degraded true when it should have a vector and the model failed
 */
record AskedText(
    String language,
    Map<String, Double> terms,
    Map<String, Double> bigrams,
    Map<String, String> surfaces,
    float @Nullable [] vector,
    boolean degraded) {

  /** More terms than this make a search slow and no better: the most telling ones stay. */
  static final int MOST_TERMS = 64;
}
