package io.gapcanary.kb;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The standard Korean keyboard, on which every Latin key also has a jamo: what was typed with the
 * keyboard left in the other language can be read by it.
 *
 * <p>It knows keys and syllables only, not whether the result is a word of a language.
 */
public final class Dubeolsik {
  private static final String KEYS = "qwertyuiopasdfghjklzxcvbnmQWERTOP";
  private static final String JAMO = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ";

  private static final String INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  private static final String VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";

  /** The first place is that of no final consonant. */
  private static final String FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

  /** Two keys, and the one jamo that they make. */
  private static final String[] PAIRS = {
    "ㅗㅏㅘ", "ㅗㅐㅙ", "ㅗㅣㅚ", "ㅜㅓㅝ", "ㅜㅔㅞ", "ㅜㅣㅟ", "ㅡㅣㅢ", "ㄱㅅㄳ", "ㄴㅈㄵ", "ㄴㅎㄶ", "ㄹㄱㄺ", "ㄹㅁㄻ", "ㄹㅂㄼ",
    "ㄹㅅㄽ", "ㄹㅌㄾ", "ㄹㅍㄿ", "ㄹㅎㅀ", "ㅂㅅㅄ"
  };

  private static final Map<String, Character> JOINED = new HashMap<>();
  private static final Map<Character, String> PARTS = new HashMap<>();

  static {
    for (String pair : PAIRS) {
      JOINED.put(pair.substring(0, 2), pair.charAt(2));
      PARTS.put(pair.charAt(2), pair.substring(0, 2));
    }
  }

  private Dubeolsik() {}

  /**
   * The Hangul that the keys of a Latin word make, or empty unless all of it makes whole syllables:
   * {@code ghksqnf} is 환불, {@code refund} is nothing.
   */
  public static Optional<String> hangul(String latin) {
    boolean capsLock = latin.length() > 3 && latin.chars().allMatch(Character::isUpperCase);
    String keys = capsLock ? latin.toLowerCase(Locale.ROOT) : latin;
    StringBuilder jamo = new StringBuilder(keys.length());
    for (int i = 0; i < keys.length(); i++) {
      int key = key(keys.charAt(i));
      if (key < 0) {
        return Optional.empty();
      }
      jamo.append(JAMO.charAt(key));
    }
    return composed(jamo);
  }

  /** The keys that make a jamo, those with Shift in upper case. */
  static char[] keys() {
    return KEYS.toCharArray();
  }

  private static int key(char c) {
    int key = KEYS.indexOf(c);
    return key >= 0 || c > 'Z' || c < 'A' ? key : KEYS.indexOf(Character.toLowerCase(c));
  }

  /**
   * The Latin letters on whose keys Hangul lies, in upper case where Shift is held; what is not
   * Hangul stays: {@code ㅗ디ㅔ} is help.
   */
  public static String latin(String hangul) {
    StringBuilder keys = new StringBuilder(hangul.length() * 3);
    for (int i = 0; i < hangul.length(); i++) {
      char c = hangul.charAt(i);
      if (c >= 0xAC00 && c <= 0xD7A3) {
        int at = c - 0xAC00;
        press(INITIALS.charAt(at / 588), keys);
        press(VOWELS.charAt(at / 28 % 21), keys);
        if (at % 28 > 0) {
          press(FINALS.charAt(at % 28), keys);
        }
      } else {
        press(c, keys);
      }
    }
    return keys.toString();
  }

  private static void press(char jamo, StringBuilder keys) {
    String parts = PARTS.get(jamo);
    if (parts != null) {
      press(parts.charAt(0), keys);
      press(parts.charAt(1), keys);
      return;
    }
    int key = JAMO.indexOf(jamo);
    keys.append(key < 0 ? jamo : KEYS.charAt(key));
  }

  /** Syllables as an input method makes them: a consonant before a vowel begins the next one. */
  private static Optional<String> composed(CharSequence jamo) {
    StringBuilder syllables = new StringBuilder();
    int i = 0;
    while (i < jamo.length()) {
      int initial = INITIALS.indexOf(jamo.charAt(i));
      if (initial < 0 || !isVowel(jamo, i + 1)) {
        return Optional.empty();
      }
      char vowel = jamo.charAt(i + 1);
      i += 2;
      Character both = joined(jamo, i - 1);
      if (both != null && isVowel(jamo, i)) {
        vowel = both;
        i++;
      }
      char last = ' ';
      if (isFinal(jamo, i) && !isVowel(jamo, i + 1)) {
        last = jamo.charAt(i);
        i++;
        Character cluster = joined(jamo, i - 1);
        if (cluster != null && !isVowel(jamo, i + 1)) {
          last = cluster;
          i++;
        }
      }
      syllables.append(
          (char) (0xAC00 + (initial * 21 + VOWELS.indexOf(vowel)) * 28 + FINALS.indexOf(last)));
    }
    return syllables.isEmpty() ? Optional.empty() : Optional.of(syllables.toString());
  }

  private static @Nullable Character joined(CharSequence jamo, int first) {
    return first + 1 < jamo.length()
        ? JOINED.get("" + jamo.charAt(first) + jamo.charAt(first + 1))
        : null;
  }

  private static boolean isVowel(CharSequence jamo, int at) {
    return at < jamo.length() && VOWELS.indexOf(jamo.charAt(at)) >= 0;
  }

  private static boolean isFinal(CharSequence jamo, int at) {
    return at < jamo.length() && FINALS.indexOf(jamo.charAt(at)) > 0;
  }
}
