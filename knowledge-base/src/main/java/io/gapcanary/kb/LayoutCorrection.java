package io.gapcanary.kb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads words typed with the keyboard left in the other language: {@code ghksqnf} as 환불 and {@code
 * ㅗ디ㅔ} as help.
 *
 * <p>No dictionary decides but the articles themselves: what was typed must be strange to them, and
 * what it would be must be theirs. Once one word of a text is certain, the words around it that
 * make whole syllables and are strange too follow; a text most of whose Latin words make none is
 * Latin. Not thread-safe.
 */
final class LayoutCorrection {
  /** So many words of a text are looked at. */
  private static final int MOST_WORDS = 200;

  private static final Pattern LATIN = Pattern.compile("(?<![\\p{L}\\p{N}])[A-Za-z]{2,60}");

  /** Hangul around at least one jamo that stands alone, as whole words of Korean never have. */
  private static final Pattern BROKEN_HANGUL =
      Pattern.compile("(?<![\\p{L}\\p{N}])(?=[가-힣]{0,60}[ㄱ-ㅣ])[가-힣ㄱ-ㅣ]{3,60}");

  private final Words words;
  private final TermFrequencies frequencies;

  LayoutCorrection(Words words, TermFrequencies frequencies) {
    this.words = words;
    this.frequencies = frequencies;
  }

  /**
   * A text as it was meant.
   *
   * @param composed text in which jamo still stand: see {@link Words#compose}
   */
  String of(String composed) throws IOException {
    return hangulMeant(latinMeant(composed));
  }

  private String hangulMeant(String text) throws IOException {
    List<MatchResult> strange = new ArrayList<>();
    int latin = 0;
    boolean certain = false;
    Matcher matcher = LATIN.matcher(text);
    for (int seen = 0; seen < MOST_WORDS && matcher.find(); seen++) {
      String hangul = Dubeolsik.hangul(matcher.group()).orElse("");
      if (hangul.isEmpty()) { // one of the words that hold English together tells more
        latin += Language.isCommonEnglish(matcher.group()) ? 2 : 1;
      } else if (isStrange(matcher.group())) {
        strange.add(matcher.toMatchResult());
        certain = certain || (hangul.length() > 1 && isKnownKorean(hangul));
      }
    }
    return certain && strange.size() >= latin ? replaced(text, strange) : text;
  }

  private static String replaced(String text, List<MatchResult> found) {
    StringBuilder meant = new StringBuilder(text.length());
    int at = 0;
    for (MatchResult one : found) {
      meant.append(text, at, one.start());
      meant.append(Dubeolsik.hangul(one.group()).orElse(one.group()));
      at = one.end();
    }
    return meant.append(text, at, text.length()).toString();
  }

  /** A word that English does not use everywhere, and that no article has. */
  private boolean isStrange(String latin) throws IOException {
    List<String> terms = words.terms(latin, Language.ENGLISH);
    return !terms.isEmpty()
        && !Language.isCommonEnglish(latin)
        && !inArticles(terms.get(0))
        && !inArticles(latin.toLowerCase(Locale.ROOT));
  }

  /**
   * All of it is in articles, but for words that say nothing alone (해 주세요), and some of it is a
   * word of more than one syllable.
   */
  private boolean isKnownKorean(String hangul) throws IOException {
    boolean telling = false;
    for (String term : words.terms(hangul, Language.KOREAN)) {
      boolean small = Words.isSmall(term);
      if (!small && !inArticles(term)) {
        return false;
      }
      telling = telling || (!small && term.length() > 1);
    }
    return telling;
  }

  private String latinMeant(String text) throws IOException {
    StringBuilder meant = new StringBuilder(text.length());
    int at = 0;
    Matcher matcher = BROKEN_HANGUL.matcher(text);
    for (int seen = 0; seen < MOST_WORDS && matcher.find(); seen++) {
      String read = read(matcher.group());
      if (!read.isEmpty()) {
        meant.append(text, at, matcher.start()).append(read);
        at = matcher.end();
      }
    }
    return meant.append(text, at, text.length()).toString();
  }

  /** Latin, or Hangul whose jamo were left apart; empty when it is neither. */
  private String read(String broken) throws IOException {
    String keys = Dubeolsik.latin(broken);
    List<String> terms = words.terms(keys, Language.ENGLISH);
    if (!terms.isEmpty() && inArticles(terms.get(0))) {
      return keys.toLowerCase(Locale.ROOT);
    }
    String hangul = Dubeolsik.hangul(keys).orElse("");
    return hangul.length() > 1 && isKnownKorean(hangul) ? hangul : "";
  }

  private boolean inArticles(String term) throws IOException {
    return frequencies.articlesWith(term) > 0;
  }
}
