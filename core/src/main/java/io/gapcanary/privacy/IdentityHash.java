package io.gapcanary.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns what a customer is known by into a keyed hash (HMAC-SHA-256, shortened to 128 bits), so
 * that the same customer is recognised and nobody can be looked up. Thread-safe.
 */
public final class IdentityHash {
  private final SecretKeySpec key;

  /**
   * @param key at least 32 bytes of chance, the same as long as customers are to be recognised
   */
  public IdentityHash(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /**
   * The hash of an identity. Ways of writing the same phone number or e-mail address have the same
   * hash.
   *
   * @param type {@code customer}, {@code phone}, {@code email}, {@code account}, …
   */
  public String of(String type, String value) {
    String kind = type.strip().toLowerCase(Locale.ROOT);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] hash =
          mac.doFinal((kind + '\n' + canonical(kind, value)).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HMAC-SHA-256", e);
    }
  }

  private static String canonical(String kind, String value) {
    return switch (kind) {
      case "phone" -> value.replaceAll("\\D", "").replaceFirst("^(?:00)?82(?=1)", "0");
      case "email" -> value.strip().toLowerCase(Locale.ROOT);
      default -> value.strip();
    };
  }
}
