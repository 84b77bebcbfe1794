package io.gapcanary.kb;

import java.time.Instant;
import java.util.Set;

/**
 * A wording that led to an article: learned from a link or from imported history.
 *
 * @param id the caller's identifier; learning it again replaces it
 * @param articleId the article that it led to
 * @param text the wording, free of personal data, not blank
 * @param source where it comes from (a case id), see {@link Scope#except}
 * @param at when it was learned; {@link Instant#EPOCH} when that is not known, and it never ages
 * @param voices whose word it is besides the source's: names of a customer and of an agent, in any
 *     form. Wordings that share a source or a voice bear each other out no more than one would
 */
public record AskedAs(
    String id, String articleId, String text, String source, Instant at, Set<String> voices) {
  /**
   * Checks the wording and takes a copy.
   *
   * @throws IllegalArgumentException when the text is blank
   */
  public AskedAs {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "Cannot learn wording " + id + " for article " + articleId + ": text is blank");
    }
    voices = Set.copyOf(voices);
  }

  /** A wording of nobody in particular. */
  public AskedAs(String id, String articleId, String text, String source, Instant at) {
    this(id, articleId, text, source, at, Set.of());
  }
}
