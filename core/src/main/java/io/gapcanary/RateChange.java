package io.gapcanary;

import java.time.Instant;

/**
 * A sudden rise of an article's repeat rate, beyond chance.
 *
 * @param kind what it came with
 * @param since when the first case after it closed
 * @param formerGiven in how many cases of known customers the article was given before
 * @param formerReturned after how many of them the customer came back
 * @param given in how many since
 * @param returned after how many of them the customer came back
 * @param evidence the log-likelihood ratio of two rates against one; larger is surer
 */
public record RateChange(
    Kind kind,
    Instant since,
    int formerGiven,
    int formerReturned,
    int given,
    int returned,
    double evidence) {
  /** What a change came with. */
  public enum Kind implements WireName {
    /** A new edition of the article. */
    EDITION,
    /** No edit of the article: something else changed, such as a release of the product. */
    TIME
  }
}
