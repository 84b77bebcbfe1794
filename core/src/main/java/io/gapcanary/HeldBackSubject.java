package io.gapcanary;

import java.time.Instant;
import java.util.List;

/**
 * A subject without an article that too few customers have asked about to be called a gap. What
 * they said is a single customer's, and is not told.
 *
 * @param customers how many have asked; unknown ones count one each
 * @param cases the cases, the earliest first
 * @param firstSeen the close of the first
 * @param lastSeen the close of the last
 * @param nearest the articles nearest to it, with the mean probability that they answer
 */
public record HeldBackSubject(
    int customers,
    List<String> cases,
    Instant firstSeen,
    Instant lastSeen,
    List<RelatedArticle> nearest) {
  /** Takes copies. */
  public HeldBackSubject {
    cases = List.copyOf(cases);
    nearest = List.copyOf(nearest);
  }

  /**
   * The subjects that are held back.
   *
   * @param count how many there are
   * @param ofOneCustomer how many of them one customer alone has asked about
   * @param subjects those with the most customers first, the latest first among equals
   */
  public record Page(int count, int ofOneCustomer, List<HeldBackSubject> subjects) {
    /** Takes a copy. */
    public Page {
      subjects = List.copyOf(subjects);
    }
  }
}
