package io.gapcanary.flood;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What questions are alike by, though their numbers differ: case and width of letters, signs and
 * blanks say nothing, and whatever has a digit in it (an order, a date, an id) is as good as any
 * other, and so is an address of the web.
 */
public final class Fingerprint {
  /** Addresses, and runs of what numbers and ids are written with. */
  private static final Pattern RUN = Pattern.compile("https?://\\S+|[a-z0-9_./:#@%+-]+");

  private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{M}0]+");

  private Fingerprint() {}

  /**
   * The fingerprint of a masked question; empty for one without a letter, which says too little to
   * be alike.
   */
  public static OptionalLong of(String question) {
    String folded = folded(question);
    return folded.codePoints().anyMatch(Character::isLetter)
        ? OptionalLong.of(hash(folded))
        : OptionalLong.empty();
  }

  static String folded(String question) {
    String text = Normalizer.normalize(question, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String withoutNumbers = RUN.matcher(text).replaceAll(Fingerprint::withoutNumber);
    return SIGNS.matcher(withoutNumbers).replaceAll(" ").strip();
  }

  private static String withoutNumber(MatchResult run) {
    String text = run.group();
    return text.contains("://") || text.chars().anyMatch(c -> c >= '0' && c <= '9') ? "0" : text;
  }

  private static long hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return java.nio.ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java knows SHA-256", e);
    }
  }
}
