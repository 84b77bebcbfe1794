package io.gapcanary.kb;

import org.jspecify.annotations.Nullable;

/** What to make of a question's matches. */
public sealed interface Verdict {

  /** Some article answers, with a probability at or above the floor. */
  record Answered() implements Verdict {}

  /**
   * No article answers.
   *
   * @param reason why not
   * @param articleId the article that would have answered, for every reason but {@link
   *     Reason#BELOW_FLOOR} (there: the nearest) and {@link Reason#NO_ARTICLE} (there {@code null})
   */
  record NoMatch(Reason reason, @Nullable String articleId) implements Verdict {}

  /** There is no question in the text. */
  record TooLittleText() implements Verdict {}

  /**
   * Search or the meaning model is unhealthy: never evidence of a gap.
   *
   * @param why one sentence for operators
   */
  record Unavailable(String why) implements Verdict {}

  /** Why nothing is suggested; where several hold, the first. */
  enum Reason {
    OTHER_VERSION,
    OTHER_LANGUAGE,
    ARCHIVED,
    EXPIRED,
    BELOW_FLOOR,
    NO_ARTICLE;

    /** The name in files and over HTTP: {@code other-version}. */
    public String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** The name in files and over HTTP: {@code no-match}. */
  default String wireName() {
    return switch (this) {
      case Answered a -> "answered";
      case NoMatch n -> "no-match";
      case TooLittleText t -> "too-little-text";
      case Unavailable u -> "unavailable";
    };
  }
}
