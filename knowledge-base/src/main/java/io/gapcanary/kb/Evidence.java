package io.gapcanary.kb;

import java.util.List;
import java.util.Map;

/**
 * What speaks for a match.
 *
 * @param passage the passage of the article that is nearest to the question; may be empty
 * @param words the question's words found in the article, the most telling first
 * @param askedAs past wordings that led to the article and resemble the question, nearest first
 * @param dismissedFor past wordings for which agents dismissed the article and which lower it now,
 *     nearest first
 * @param dismissedBy in how many of those that differ in customer and agent; 0 when none lower it
 * @param features the numbers that the probability was computed from, by name
 */
public record Evidence(
    String passage,
    List<String> words,
    List<String> askedAs,
    List<String> dismissedFor,
    int dismissedBy,
    Map<String, Double> features) {
  /** Takes copies. */
  public Evidence {
    words = List.copyOf(words);
    askedAs = List.copyOf(askedAs);
    dismissedFor = List.copyOf(dismissedFor);
  }
}
