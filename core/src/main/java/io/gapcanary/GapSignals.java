package io.gapcanary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many of a gap's cases show what. A case may show several things, and counts once in each.
 *
 * @param cases how many there are
 * @param noMatch those in which no article was found, by the reason's wire name, the commonest
 *     first
 * @param given those in which an article was given
 * @param dismissed those whose agent dismissed an article
 * @param notCaptured those that were solved with no article given: known, not captured
 * @param escalated those that were escalated
 * @param unsolved those that were left unsolved
 */
public record GapSignals(
    int cases,
    Map<String, Integer> noMatch,
    int given,
    int dismissed,
    int notCaptured,
    int escalated,
    int unsolved) {
  /** Takes a copy. */
  public GapSignals {
    noMatch = Collections.unmodifiableMap(new LinkedHashMap<>(noMatch));
  }

  /** How many found no article, whatever the reason. */
  public int silent() {
    return noMatch.values().stream().mapToInt(Integer::intValue).sum();
  }
}
