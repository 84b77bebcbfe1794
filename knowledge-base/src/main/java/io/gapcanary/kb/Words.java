package io.gapcanary.kb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Turns text into terms: Korean by its morphemes, English by its stems, everything else by its
 * words, mixed text by both.
 *
 * <p>Thread-safe.
 */
final class Words {
  /**
   * Longer texts are cut: a log file pasted into a chat says no more after this many characters.
   */
  static final int LONGEST_TEXT = 20_000;

  private static final int LONGEST_TERM = 64;

  private static final CharArraySet SMALL_WORDS = smallWords();

  private final Analyzer korean = new KoreanTerms();
  private final Analyzer english = new LatinTerms(true);
  private final Analyzer other = new LatinTerms(false);

  /**
   * Composes jamo and half-width forms, and drops unpaired surrogates, so that equal text is equal.
   */
  static String normalise(String text) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    StringBuilder whole = new StringBuilder(cut.length());
    cut.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .forEach(whole::appendCodePoint);
    return Normalizer.normalize(whole, Normalizer.Form.NFKC);
  }

  /**
   * The distinct terms of a text, in order.
   *
   * @param text normalised text
   */
  List<String> terms(String text, String language) {
    return List.copyOf(surfaces(text, language).keySet());
  }

  /** The distinct terms of a text, each with the words it was first made from, in order. */
  Map<String, String> surfaces(String text, String language) {
    boolean hangul = Language.hasHangul(text);
    Map<String, String> terms = new LinkedHashMap<>();
    if (hangul) {
      collect(korean, text, true, terms);
    }
    Analyzer latin = hangul || language.equals(Language.ENGLISH) ? english : other;
    collect(latin, text, false, terms);
    return terms;
  }

  /** The pairs of neighbouring Hangul syllables, across blanks: 환불 요청 and 환불요청 are the same. */
  List<String> bigrams(String text) {
    List<String> pairs = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Language.isHangul(c)) {
        if (before != 0) {
          pairs.add(new String(new char[] {(char) before, c}));
        }
        before = c;
      } else if (!Character.isWhitespace(c)) {
        before = 0;
      }
    }
    return pairs;
  }

  /** Hangul terms are the Korean analysis's to make, all others the Latin one's. */
  private static void collect(
      Analyzer analyzer, String text, boolean hangul, Map<String, String> into) {
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute at = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        if (Language.hasHangul(term) == hangul && sayable(term)) {
          into.putIfAbsent(term.toString(), text.substring(at.startOffset(), at.endOffset()));
        }
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A term has a letter or a digit, and an end. */
  private static boolean sayable(CharTermAttribute term) {
    return term.length() <= LONGEST_TERM
        && term.toString().codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private static final class KoreanTerms extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer tokenizer =
          new KoreanTokenizer(
              TokenStream.DEFAULT_TOKEN_ATTRIBUTE_FACTORY,
              null,
              KoreanTokenizer.DecompoundMode.DISCARD,
              false);
      TokenStream tags =
          new KoreanPartOfSpeechStopFilter(
              tokenizer, KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS);
      return new TokenStreamComponents(tokenizer, new LowerCaseFilter(tags));
    }
  }

  private static final class LatinTerms extends Analyzer {
    private final boolean stems;

    LatinTerms(boolean stems) {
      this.stems = stems;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer tokenizer = new StandardTokenizer();
      if (!stems) {
        return new TokenStreamComponents(tokenizer, new LowerCaseFilter(tokenizer));
      }
      TokenStream lower = new LowerCaseFilter(new EnglishPossessiveFilter(tokenizer));
      return new TokenStreamComponents(
          tokenizer, new PorterStemFilter(new StopFilter(lower, SMALL_WORDS)));
    }
  }

  /**
   * Words that carry no subject in a question; kept shorter than a search engine's usual list would
   * be long.
   */
  private static CharArraySet smallWords() {
    CharArraySet set = new CharArraySet(EnglishAnalyzer.getDefaultStopSet(), true);
    for (String word :
        ("i me my mine we us our you your he him his she her its they them do does did am was were been being have"
                + " has had having would could should shall can may might must i'm i've i'd i'll it's don't doesn't"
                + " didn't what's that's please hi hello thanks thank")
            .split(" ")) {
      set.add(word);
    }
    return set;
  }
}
