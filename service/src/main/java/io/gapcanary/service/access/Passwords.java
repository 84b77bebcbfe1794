package io.gapcanary.service.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of passwords: PBKDF2 with HMAC-SHA-512, written {@code
 * pbkdf2-sha512$iterations$salt$hash}. Thread-safe; at most two are computed at once, so that
 * guessing does not slow down those who are signed in.
 */
final class Passwords {
  /** What OWASP's Password Storage Cheat Sheet asks of this function. */
  static final int ITERATIONS = 210_000;

  /** The fewest characters of a new password. */
  static final int LEAST = 12;

  private static final int MOST = 200;
  private static final String NAME = "pbkdf2-sha512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 512;

  private final int iterations;
  private final Semaphore turns = new Semaphore(2);
  private volatile @Nullable String nobodys;

  Passwords(int iterations) {
    this.iterations = iterations;
  }

  /**
   * Checks a password that somebody chose.
   *
   * @throws IllegalArgumentException when it is too short, too long or known to nobody's credit
   */
  static void requireGood(String password, String name) {
    int length = password.codePointCount(0, password.length());
    if (length < LEAST || length > MOST) {
      throw new IllegalArgumentException(
          "A password has " + LEAST + " to " + MOST + " characters: choose a longer one");
    }
    if (password.equalsIgnoreCase(name) || password.chars().distinct().count() < 4) {
      throw new IllegalArgumentException(
          "That password would be guessed: choose one that is neither the name nor one letter repeated");
    }
  }

  String hash(String password) {
    byte[] salt = Secrets.bytes(SALT_BYTES);
    return NAME
        + "$"
        + iterations
        + "$"
        + Base64.getEncoder().encodeToString(salt)
        + "$"
        + Base64.getEncoder().encodeToString(derive(password, salt, iterations));
  }

  /** Whether a password is the one that was hashed. */
  boolean fits(String password, String hash) {
    String[] parts = hash.split("\\$");
    if (parts.length != 4 || !parts[0].equals(NAME)) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    return MessageDigest.isEqual(expected, derive(password, salt, Integer.parseInt(parts[1])));
  }

  /** Takes as long as {@link #fits}, for a name that nobody has. */
  void fitNobody(String password) {
    String hash = nobodys;
    if (hash == null) {
      hash = hash(Secrets.letters(LEAST));
      nobodys = hash;
    }
    boolean unused = fits(password, hash);
  }

  /** True when a hash is weaker than new ones. */
  boolean isWeak(String hash) {
    String[] parts = hash.split("\\$");
    return parts.length != 4 || Integer.parseInt(parts[1]) < iterations;
  }

  private byte[] derive(String password, byte[] salt, int rounds) {
    char[] characters = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
    turns.acquireUninterruptibly();
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
          .generateSecret(new PBEKeySpec(characters, salt, rounds, HASH_BITS))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } finally {
      turns.release();
    }
  }
}
