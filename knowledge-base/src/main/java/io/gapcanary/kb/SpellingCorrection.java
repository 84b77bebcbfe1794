package io.gapcanary.kb;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mends slips of the keyboard in Latin words: {@code acocunt} is read as account.
 *
 * <p>No dictionary decides but the desk's own texts and the model's vocabulary: what was typed must
 * be strange to both, and one slip less must make a word that the desk uses: a letter too many or
 * too few, two that changed places, the key beside, or another vowel. Of several the one that it
 * uses most is meant. Not thread-safe.
 */
final class SpellingCorrection {
  /** So many words of a text are looked at. */
  private static final int MOST_WORDS = 200;

  /** And so many strange ones looked up: a text of more is a log, or in another language. */
  private static final int MOST_STRANGE = 12;

  /** How much more usual than what was typed a word must be. */
  private static final int MORE_USUAL = 10;

  private static final Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\p{N}'’_.@/-])[A-Za-z]{5,30}(?![\\p{L}\\p{N}'’_@/-])");

  private static final String VOWELS = "aeiouy";

  private final Words words;
  private final TermFrequencies frequencies;
  private final Embeddings embeddings;

  SpellingCorrection(Words words, TermFrequencies frequencies, Embeddings embeddings) {
    this.words = words;
    this.frequencies = frequencies;
    this.embeddings = embeddings;
  }

  /** A text as it was meant. */
  String of(String text) throws IOException {
    StringBuilder meant = new StringBuilder(text.length());
    int at = 0;
    int strange = 0;
    Matcher matcher = WORD.matcher(text);
    for (int seen = 0; seen < MOST_WORDS && strange < MOST_STRANGE && matcher.find(); seen++) {
      String word = matcher.group().toLowerCase(Locale.ROOT);
      if (isStrange(word)) {
        strange++;
        String known =
            frequencies.wordNear(
                word, MORE_USUAL * frequencies.unitsWithWord(word), near -> isSlip(word, near));
        if (!known.isEmpty()) {
          meant.append(text, at, matcher.start()).append(known);
          at = matcher.end();
        }
      }
    }
    return meant.append(text, at, text.length()).toString();
  }

  /** Whether fingers make the one of the other, that is one letter away. */
  static boolean isSlip(String typed, String meant) {
    if (typed.length() > meant.length()) { // a plural, and what a letter before makes another word
      return !typed.equals(meant + "s")
          && (!typed.endsWith(meant) || typed.charAt(0) == typed.charAt(1));
    }
    if (typed.length() < meant.length()) {
      return true;
    }
    int at = 0;
    while (typed.charAt(at) == meant.charAt(at)) {
      at++;
    }
    char one = typed.charAt(at);
    char other = meant.charAt(at);
    boolean swapped = !typed.regionMatches(at + 1, meant, at + 1, typed.length() - at - 1);
    return swapped
        || Keyboard.areBeside(one, other)
        || (VOWELS.indexOf(one) >= 0 && VOWELS.indexOf(other) >= 0);
  }

  private boolean isStrange(String word) throws IOException {
    if (Language.isCommonEnglish(word)) {
      return false;
    }
    for (String term : words.terms(word, Language.ENGLISH)) {
      if (frequencies.articlesWith(term) > 0) {
        return false;
      }
    }
    return !embeddings.knowsWord(word); // last: the model's tokenizer takes longer than the index
  }
}
