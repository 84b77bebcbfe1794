package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an article does with customers.
 *
 * @param articleId the article
 * @param title its title
 * @param repeat how often customers came back after its present edition, against what was expected
 * @param worse the probability that its rate exceeds the expected one, in [0, 1]
 * @param without of the cases of known customers that it would have been suggested for before all
 *     others, and in which nothing was given: after how many the customer came back. Never more
 *     than the latest 1,000
 * @param change a sudden rise of its rate, or {@code null}
 * @param wordings how many customers' words were learned for it
 * @param editions the editions that were given, the present one first
 */
public record ArticleHealth(
    String articleId,
    String title,
    RepeatRate repeat,
    double worse,
    Share without,
    @Nullable RateChange change,
    int wordings,
    List<Edition> editions) {
  /** Takes a copy. */
  public ArticleHealth {
    editions = List.copyOf(editions);
  }

  /**
   * An edition: a new one begins when title, body, tags, language or versions change.
   *
   * @param edition its number, from 1
   * @param present true for the one that is given now
   * @param cases in how many closed cases it was given
   * @param given in how many of known customers
   * @param returned after how many of those the customer came back
   * @param low the lower end of the 95 % credible interval of the rate
   * @param high its upper end
   * @param firstGiven when the first of them closed
   * @param lastGiven when the last of them closed
   */
  public record Edition(
      int edition,
      boolean present,
      int cases,
      int given,
      int returned,
      double low,
      double high,
      Instant firstGiven,
      Instant lastGiven) {}

  /** What comes first in a list of articles. */
  public enum Order implements WireName {
    /** The article that is most probably worse than expected. */
    WORSE,
    /** The one that was given most. */
    GIVEN,
    /** The one that most customers came back after. */
    RETURNED,
    /** By id. */
    ID
  }

  /**
   * An article in the list.
   *
   * @param articleId the article
   * @param title its title
   * @param language its language
   * @param repeat as of the article's health
   * @param worse likewise
   */
  public record Row(
      String articleId, String title, String language, RepeatRate repeat, double worse) {}

  /**
   * A page of the list.
   *
   * @param articles in the order that was asked for
   * @param next the cursor of the next page, or {@code null} at the end
   */
  public record Page(List<Row> articles, @Nullable String next) {
    /** Takes a copy. */
    public Page {
      articles = List.copyOf(articles);
    }
  }
}
