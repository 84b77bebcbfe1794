package io.gapcanary;

import java.time.Instant;
import java.util.List;

/**
 * Customers' words that led to an article and find it since, or for which it was dismissed.
 *
 * @param id names it within its article
 * @param text the words
 * @param times how often it was learned
 * @param cases the cases that it was learned from, the latest first; none for an imported history
 * @param firstAt when it was first learned
 * @param lastAt when it was last learned
 * @param forgotten whether that is so long ago that it no longer counts
 */
public record LearnedWording(
    String id,
    String text,
    int times,
    List<String> cases,
    Instant firstAt,
    Instant lastAt,
    boolean forgotten) {
  /** Takes a copy. */
  public LearnedWording {
    cases = List.copyOf(cases);
  }
}
