package io.gapcanary.kb;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks, with what is known of where they stand.
 *
 * @param text the question, already free of personal data; may be blank
 * @param language a BCP 47 primary tag, or {@code null} to go by the text
 * @param product the product it is about, or {@code null} when not known
 * @param version the product's version, or {@code null} when not known
 * @param at when it is asked: decides which articles were published and had not expired
 */
public record Question(
    String text,
    @Nullable String language,
    @Nullable String product,
    @Nullable String version,
    Instant at) {

  /** A question of which only the words are known. */
  public static Question of(String text, Instant at) {
    return new Question(text, null, null, null, at);
  }

  /** The same circumstances, other words. */
  public Question withText(String other) {
    return new Question(other, language, product, version, at);
  }

  /**
   * The language its words are in: by script where that decides, else as declared, else detected.
   */
  public String spoken() {
    return Language.ofQuestion(text, language);
  }
}
