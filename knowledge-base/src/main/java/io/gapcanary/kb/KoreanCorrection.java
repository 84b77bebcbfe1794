package io.gapcanary.kb;

import java.io.IOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mends Korean words that a blank has cut, or that fingers missed by one key: {@code 네 이버} is read
 * as 네이버, {@code 환뷸} as 환불.
 *
 * <p>No dictionary decides but the desk's own texts: what was typed must be strange to them, and
 * what it is read as must be less so. Of a word with a slip, all pairs of syllables must be the
 * desk's. Not thread-safe.
 */
final class KoreanCorrection {
  /** So many words of a text are looked at. */
  private static final int MOST_WORDS = 200;

  /**
   * And for so many of them a slip is looked for: a text of more strange ones is about other
   * things.
   */
  private static final int MOST_STRANGE = 6;

  private static final int LONGEST_WORD = 10;

  /** Readings of a word that are analysed, those of the commonest pairs first. */
  private static final int MOST_READINGS = 4;

  /**
   * Words with one blank between them; bounded, because every repetition takes some of the stack.
   */
  private static final Pattern WORDS =
      Pattern.compile("(?<![가-힣])[가-힣]{1,20}(?: [가-힣]{1,20}(?![가-힣])){1,50}");

  private static final Pattern WORD = Pattern.compile("(?<![\\p{L}\\p{N}])[가-힣ㄱ-ㅣ]+");

  private final Words words;
  private final TermFrequencies frequencies;
  private final Map<String, Integer> strange = new HashMap<>();
  private final Map<String, Integer> pairs = new HashMap<>();

  KoreanCorrection(Words words, TermFrequencies frequencies) {
    this.words = words;
    this.frequencies = frequencies;
  }

  /**
   * A text as it was meant.
   *
   * @param composed text in which jamo still stand: see {@link Words#compose}
   */
  String of(String composed) throws IOException {
    return Language.hasHangul(composed) ? withoutSlips(joined(composed)) : composed;
  }

  private String joined(String text) throws IOException {
    StringBuilder meant = new StringBuilder(text.length());
    int at = 0;
    int seen = 0;
    Matcher matcher = WORDS.matcher(text);
    while (seen < MOST_WORDS && matcher.find()) {
      String[] apart = matcher.group().split(" ", -1);
      seen += apart.length;
      meant.append(text, at, matcher.start());
      join(apart, meant);
      at = matcher.end();
    }
    return meant.append(text, at, text.length()).toString();
  }

  private void join(String[] apart, StringBuilder into) throws IOException {
    String before = apart[0];
    for (int i = 1; i < apart.length; i++) {
      boolean strange = strange(before) > 0 || strange(apart[i]) > 0;
      if (strange && strange(before + apart[i]) == 0) {
        before += apart[i];
      } else {
        into.append(before).append(' ');
        before = apart[i];
      }
    }
    into.append(before);
  }

  private String withoutSlips(String text) throws IOException {
    StringBuilder meant = new StringBuilder(text.length());
    int at = 0;
    int looked = 0;
    Matcher matcher = WORD.matcher(text);
    for (int seen = 0; seen < MOST_WORDS && looked < MOST_STRANGE && matcher.find(); seen++) {
      String word = matcher.group();
      if (mayBeSlip(word)) {
        looked++;
        meant.append(text, at, matcher.start()).append(read(word));
        at = matcher.end();
      }
    }
    return meant.append(text, at, text.length()).toString();
  }

  /** Jamo that stand alone, or a pair of syllables that neither the desk nor the dictionary has. */
  private boolean mayBeSlip(String word) throws IOException {
    if (word.length() < 2 || word.length() > LONGEST_WORD) {
      return false;
    }
    int jamo = (int) word.chars().filter(Language::isJamo).count();
    if (jamo > 0) {
      return jamo < word.length();
    }
    if (commonness(word) > 0 || strange(word) == 0) {
      return false;
    }
    BitSet genuine = words.withinWords(word);
    for (int i = 0; i + 1 < word.length(); i++) {
      if (!genuine.get(i) && common(word.substring(i, i + 2)) == 0) {
        return true;
      }
    }
    return false;
  }

  /** What a word was meant to be, or itself. */
  private String read(String word) throws IOException {
    Map<String, Integer> readings = new HashMap<>();
    for (String keys : oneSlipAway(Dubeolsik.latin(word))) {
      String reading = Dubeolsik.hangul(keys).orElse("");
      if (reading.length() > 1 && !readings.containsKey(reading)) {
        readings.put(reading, commonness(reading));
      }
    }
    readings.values().removeIf(common -> common == 0);
    List<String> best =
        readings.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_READINGS)
            .map(Map.Entry::getKey)
            .toList();
    for (String reading : best) {
      if (strange(reading) == 0) {
        return reading;
      }
    }
    return word;
  }

  /**
   * The keys that fingers meant, had they slipped once: the key beside, or Shift; left out, twice.
   */
  private static Set<String> oneSlipAway(String keys) {
    Set<String> near = new LinkedHashSet<>();
    for (int i = 0; i <= keys.length(); i++) {
      String before = keys.substring(0, i);
      String from = keys.substring(i);
      for (char key : Dubeolsik.keys()) {
        near.add(before + key + from);
      }
      if (!from.isEmpty()) {
        String after = from.substring(1);
        near.add(before + after);
        for (char key : Keyboard.beside(from.charAt(0))) {
          near.add(before + key + after);
        }
        if (!after.isEmpty()) {
          near.add(before + after.charAt(0) + from.charAt(0) + after.substring(1));
        }
      }
    }
    return near;
  }

  /** How many units have the rarest of a word's pairs of syllables. */
  private int commonness(String word) throws IOException {
    int least = Integer.MAX_VALUE;
    for (int i = 0; least > 0 && i + 1 < word.length(); i++) {
      least = Math.min(least, common(word.substring(i, i + 2)));
    }
    return least;
  }

  private int common(String pair) throws IOException {
    Integer known = pairs.get(pair);
    if (known == null) {
      known = frequencies.unitsWith(pair);
      pairs.put(pair, known);
    }
    return known;
  }

  /** How many terms of a word no article and no wording has. */
  private int strange(String word) throws IOException {
    Integer known = strange.get(word);
    if (known == null) {
      int count = 0;
      for (String term : words.terms(Words.normalise(word), Language.KOREAN)) {
        boolean here =
            Words.isSmall(term)
                || frequencies.articlesWith(term) > 0
                || frequencies.wordingsWith(term) > 0;
        count += here ? 0 : 1;
      }
      known = count;
      strange.put(word, known);
    }
    return known;
  }
}
