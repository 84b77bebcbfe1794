package io.gapcanary.kb;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.jspecify.annotations.Nullable;

/**
 * Tells which language a text is in: by script first, and among Latin ones by their commonest
 * words.
 *
 * <p>Good enough to choose an analysis and a model, which is all that it is for.
 */
public final class Language {
  public static final String KOREAN = "ko";
  public static final String ENGLISH = "en";

  /** Fewer words than this say nothing about a Latin language. */
  private static final int WORDS_TO_TELL = 4;

  private static final Map<String, CharArraySet> COMMON_WORDS = commonWords();

  private Language() {}

  /** The language of a text as a BCP 47 primary tag; {@code en} when nothing tells. */
  public static String of(String text) {
    String byScript = byScript(text);
    return byScript.isEmpty() ? byCommonWords(text, ENGLISH) : byScript;
  }

  /** A customer's own words decide where their script does; what was declared comes next. */
  static String ofQuestion(String text, @Nullable String declared) {
    String byScript = byScript(text);
    if (!byScript.isEmpty()) {
      return byScript;
    }
    String fallback = declared == null || declared.isBlank() ? ENGLISH : primary(declared);
    return byCommonWords(text, isLatin(fallback) ? fallback : ENGLISH);
  }

  /** The primary subtag of a BCP 47 tag: {@code ko} of {@code ko-KR}. */
  public static String primary(String tag) {
    return tag.strip().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
  }

  /** True for a Hangul syllable or jamo. */
  static boolean isHangul(int c) {
    return (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0x1100 && c <= 0x11FF)
        || (c >= 0x3130 && c <= 0x318F);
  }

  /** True for a jamo of its own, outside any syllable. */
  static boolean isJamo(int c) {
    return isHangul(c) && c < 0xAC00;
  }

  /** True for a jamo that is typed to stand alone, as in ㅋㅋㅋ: it is of no language's words. */
  static boolean isLooseJamo(int c) {
    return c >= 0x3130 && c <= 0x318F;
  }

  static boolean hasHangul(CharSequence text) {
    return text.chars().anyMatch(Language::isHangul);
  }

  private static boolean isLatin(String tag) {
    return switch (tag) {
      case KOREAN, "ja", "zh", "ru", "uk", "bg", "el", "ar", "fa", "he", "th", "hi" -> false;
      default -> true;
    };
  }

  /** The language that a script gives away, or an empty string for Latin text and no text. */
  private static String byScript(String text) {
    Map<Character.UnicodeScript, Integer> letters = new LinkedHashMap<>();
    text.codePoints()
        .filter(c -> Character.isLetter(c) && !isLooseJamo(c))
        .forEach(c -> letters.merge(Character.UnicodeScript.of(c), 1, Integer::sum));
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    int hangul = letters.getOrDefault(Character.UnicodeScript.HANGUL, 0);
    int kana =
        letters.getOrDefault(Character.UnicodeScript.HIRAGANA, 0)
            + letters.getOrDefault(Character.UnicodeScript.KATAKANA, 0);
    // Names, error codes and logs do not outweigh Korean words; an English sentence around one
    // does.
    if (hangul > 0 && (hangul * 3 >= all - hangul || koreanWords(text) >= englishWords(text))) {
      return KOREAN;
    }
    if (kana > 0 && kana * 5 >= all) {
      return "ja";
    }
    return letters.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(e -> e.getValue() * 2 > all)
        .map(e -> ofScript(e.getKey()))
        .orElse("");
  }

  /** True for one of the words that English sentences are held together by. */
  static boolean isCommonEnglish(String word) {
    return COMMON_WORDS.getOrDefault(ENGLISH, CharArraySet.EMPTY_SET).contains(word);
  }

  private static long englishWords(String text) {
    CharArraySet english = COMMON_WORDS.getOrDefault(ENGLISH, CharArraySet.EMPTY_SET);
    return Arrays.stream(text.split("[^A-Za-z']+", 400)).filter(english::contains).count();
  }

  private static long koreanWords(String text) {
    return Arrays.stream(text.split("[^가-힣]+", 400)).filter(w -> !w.isEmpty()).count();
  }

  private static String ofScript(Character.UnicodeScript script) {
    return switch (script) {
      case HANGUL -> KOREAN;
      case HIRAGANA, KATAKANA -> "ja";
      case HAN -> "zh";
      case CYRILLIC -> "ru";
      case GREEK -> "el";
      case ARABIC -> "ar";
      case HEBREW -> "he";
      case THAI -> "th";
      case DEVANAGARI -> "hi";
      default -> "";
    };
  }

  private static String byCommonWords(String text, String fallback) {
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}']+", 400);
    Map<String, Integer> hits = new LinkedHashMap<>();
    int seen = 0;
    for (String word : words) {
      // A letter is a word of many languages, and a part of "e-mail".
      if (word.length() < 2) {
        continue;
      }
      seen++;
      COMMON_WORDS.forEach((tag, set) -> hits.merge(tag, set.contains(word) ? 1 : 0, Integer::sum));
    }
    if (seen < WORDS_TO_TELL) {
      return fallback;
    }
    int mine = hits.getOrDefault(fallback, 0);
    int enough = Math.max(2, seen / 8);
    return hits.entrySet().stream()
        .filter(e -> e.getValue() >= enough && e.getValue() > mine * 3 / 2)
        .max(Comparator.comparingInt(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(fallback);
  }

  private static Map<String, CharArraySet> commonWords() {
    Map<String, CharArraySet> sets = new LinkedHashMap<>();
    sets.put(ENGLISH, englishCommonWords());
    sets.put("de", GermanAnalyzer.getDefaultStopSet());
    sets.put("fr", FrenchAnalyzer.getDefaultStopSet());
    sets.put("es", SpanishAnalyzer.getDefaultStopSet());
    sets.put("pt", PortugueseAnalyzer.getDefaultStopSet());
    sets.put("it", ItalianAnalyzer.getDefaultStopSet());
    sets.put("nl", DutchAnalyzer.getDefaultStopSet());
    sets.put("sv", SwedishAnalyzer.getDefaultStopSet());
    return sets;
  }

  /** Lucene's English set is short beside the others; these even it out. */
  private static CharArraySet englishCommonWords() {
    CharArraySet set = new CharArraySet(EnglishAnalyzer.getDefaultStopSet(), true);
    for (String word :
        ("i me my we our you your he she they them what which who how when where why am was were been have has had do"
                + " does did can could would should from about after before up down out off over again all any so than"
                + " too very just now get don't i'm it's can't cannot want need please help")
            .split(" ")) {
      set.add(word);
    }
    return set;
  }
}
