package io.gapcanary.kb;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of text that an article can be found by.
 *
 * @param kind which part of the article it is
 * @param articleId the article
 * @param text as a person reads it
 * @param terms its distinct terms
 * @param bigrams its distinct pairs of Hangul syllables
 * @param vector its meaning, or {@code null} when no model understands its language
 * @param voices whose word a wording is, its source among them; none for an article's own text
 */
record Unit(
    Kind kind,
    String articleId,
    String text,
    Set<String> terms,
    Set<String> bigrams,
    float @Nullable [] vector,
    Set<String> voices) {

  /** Packs the terms, as they are compared. */
  Unit {
    terms = PackedTerms.of(terms);
    bigrams = PackedTerms.of(bigrams);
  }

  /** The parts of an article that are told apart, and the field that holds each one's words. */
  enum Kind {
    TITLE,
    PASSAGE,
    ASKED;

    String field() {
      return switch (this) {
        case TITLE -> "title";
        case PASSAGE -> "body";
        case ASKED -> "asked";
      };
    }
  }
}
