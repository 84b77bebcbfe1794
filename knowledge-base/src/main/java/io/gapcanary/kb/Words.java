package io.gapcanary.kb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.tokenattributes.PartOfSpeechAttribute;
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

  /** Korean terms that match, as every other, beside one that says something; English has none. */
  private static final Set<String> SAY_NOTHING_ALONE =
      Set.of(
          ("이거 그거 저거 이것 그것 저것 여기 거기 저기 이 그 저 제 저희 우리 나 내 너 뭐 뭣 무엇 왜 것 거 수 등 때 점 데 줄"
                  + " 하 되 있 없 아니 않 싶 주 보 그렇 이렇 저렇 어떻 어떤 이런 그런 저런 가요"
                  + " 어떻게 그렇게 이렇게 안 못 잘 좀 더 다 또 꼭 혹시 지금 아주 너무 그리고 그래서 그런데 또는 그러나 하지만 하나")
              .split(" "));

  private final Analyzer korean = new KoreanTerms(SMALL_TAGS);
  private final Analyzer koreanWords = new KoreanTerms(Set.of());
  private final Analyzer english = new LatinTerms(true);
  private final Analyzer other = new LatinTerms(false);

  /**
   * Makes equal text equal: composes jamo and half-width forms, and drops what cannot be seen,
   * unpaired surrogates, and jamo that stand alone ({@code ㅋㅋㅋ}).
   */
  static String normalise(String text) {
    String composed = compose(text);
    StringBuilder whole = new StringBuilder(composed.length());
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      whole.append(Language.isJamo(c) ? ' ' : c);
    }
    return whole.toString();
  }

  /** As {@link #normalise}, but jamo that a keyboard left apart still stand. */
  static String compose(String text) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    StringBuilder whole = new StringBuilder(cut.length());
    StringBuilder run = new StringBuilder();
    cut.codePoints()
        .filter(Words::isSeen)
        .forEach(
            c -> {
              if (Language.isLooseJamo(c)) {
                // NFKC would join a jamo of its own to the syllable before it: 감사ㄳ would be 감삯.
                whole.append(Normalizer.normalize(run, Normalizer.Form.NFKC)).appendCodePoint(c);
                run.setLength(0);
              } else {
                run.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return whole.append(Normalizer.normalize(run, Normalizer.Form.NFKC)).toString();
  }

  /** No unpaired surrogate, and nothing of no width. */
  private static boolean isSeen(int c) {
    int type = Character.getType(c);
    return type != Character.SURROGATE && type != Character.FORMAT;
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
    collect(latin, hangul ? withoutHangul(text) : text, false, terms);
    return terms;
  }

  /**
   * Hangul made blank, place by place: to the Latin analysis {@code PC에서} is one word, of Hangul.
   */
  private static String withoutHangul(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = Language.isHangul(chars[i]) ? ' ' : chars[i];
    }
    return new String(chars);
  }

  /**
   * Where in Hangul two neighbouring syllables belong to one word of the dictionary.
   *
   * @return the place of the first of each two
   */
  BitSet withinWords(String hangul) {
    BitSet within = new BitSet();
    try (TokenStream stream = koreanWords.tokenStream("", hangul)) {
      PartOfSpeechAttribute speech = stream.addAttribute(PartOfSpeechAttribute.class);
      OffsetAttribute at = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        if (speech.getLeftPOS() != POS.Tag.UNKNOWN) {
          within.set(at.startOffset(), at.endOffset() - 1);
        }
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return within;
  }

  /** True for a Korean term that says nothing where it stands alone. */
  static boolean isSmall(String term) {
    return SAY_NOTHING_ALONE.contains(term);
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

  /** Nori's own choice, but for adverbs: what does <em>not</em> (안, 못) work is another question. */
  private static final Set<POS.Tag> SMALL_TAGS = smallTags();

  private static Set<POS.Tag> smallTags() {
    Set<POS.Tag> tags = EnumSet.copyOf(KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS);
    tags.remove(POS.Tag.MAG);
    return tags;
  }

  private static final class KoreanTerms extends Analyzer {
    private final Set<POS.Tag> dropped;

    KoreanTerms(Set<POS.Tag> dropped) {
      this.dropped = dropped;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer tokenizer =
          new KoreanTokenizer(
              TokenStream.DEFAULT_TOKEN_ATTRIBUTE_FACTORY,
              null,
              KoreanTokenizer.DecompoundMode.DISCARD,
              false);
      TokenStream tags = new KoreanPartOfSpeechStopFilter(tokenizer, dropped);
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
        ("i me my mine we us our you your he him his she her its they them do does did am was were"
                + " been being have has had having would could should shall can may might must i'm"
                + " i've i'd i'll it's don't doesn't didn't what's that's please hi hello thanks"
                + " thank")
            .split(" ")) {
      set.add(word);
    }
    return set;
  }
}
