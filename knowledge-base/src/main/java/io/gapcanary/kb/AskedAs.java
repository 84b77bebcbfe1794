package io.gapcanary.kb;

import java.time.Instant;

/**
 * A wording that led to an article: learned from a link or from imported history.
 *
 * @param id the caller's identifier; learning it again replaces it
 * @param articleId the article that it led to
 * @param text the wording, free of personal data, not blank
 * @param source where it comes from (a case id), see {@link Scope#except}
 * @param at when it was learned; {@link Instant#EPOCH} when that is not known, and it never ages
 */
public record AskedAs(String id, String articleId, String text, String source, Instant at) {
  /**
   * Checks the wording.
   *
   * @throws IllegalArgumentException when the text is blank
   */
  public AskedAs {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "Cannot learn wording " + id + " for article " + articleId + ": text is blank");
    }
  }
}
