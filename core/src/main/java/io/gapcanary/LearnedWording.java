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
 * @param contradictedBy the articles that several others' much the same words led to, the strongest
 *     first: while there are any it is in doubt and does not count. Looked at for the latest 200 of
 *     an article that led to it; none for dismissals and for what was removed
 * @param decisions what people decided about it, the latest first
 */
public record LearnedWording(
    String id,
    String text,
    int times,
    List<String> cases,
    Instant firstAt,
    Instant lastAt,
    boolean forgotten,
    List<String> contradictedBy,
    List<Decision> decisions) {
  /** Takes copies. */
  public LearnedWording {
    cases = List.copyOf(cases);
    contradictedBy = List.copyOf(contradictedBy);
    decisions = List.copyOf(decisions);
  }

  /** Whether it is in doubt now. */
  public boolean doubted() {
    return !contradictedBy.isEmpty();
  }

  /** The same, found in doubt. */
  LearnedWording contradictedBy(List<String> articles) {
    return new LearnedWording(
        id, text, times, cases, firstAt, lastAt, forgotten, articles, decisions);
  }

  /**
   * What a person decided about it.
   *
   * @param by who
   */
  public record Decision(What what, Instant at, String by) {
    /** What may be decided. */
    public enum What implements WireName {
      /** It leads there no more, and its case does not teach it again. */
      REMOVED,
      /** It was removed, and counts again. */
      RESTORED
    }
  }

  /**
   * One that a person removed.
   *
   * @param wording what it was
   * @param learnedBy whether it led to the article or the article was dismissed for it
   */
  public record Removed(LearnedWording wording, LinkAction learnedBy) {}
}
