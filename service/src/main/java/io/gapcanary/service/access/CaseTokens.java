package io.gapcanary.service.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short-lived tokens that let one who cannot send headers (an event stream, a page in a frame) work
 * on one case as an agent, or follow the board of gaps as a manager. Thread-safe.
 *
 * <p>A token is signed and kept nowhere. It is good while the one who asked for it is, and ends
 * with the process.
 */
public final class CaseTokens {
  /** How long a token is good. */
  public static final Duration LIFE = Duration.ofMinutes(15);

  private static final String PREFIX = "gct_";
  private static final String BOARD = "";

  private final SecretKeySpec key = new SecretKeySpec(Secrets.bytes(32), "HmacSHA256");
  private final Function<String, Optional<Caller>> callers;
  private final InstantSource clock;

  /**
   * @param callers the caller of an id, while that one is good
   */
  CaseTokens(Function<String, Optional<Caller>> callers, InstantSource clock) {
    this.callers = callers;
    this.clock = clock;
  }

  /** A token that was just made. */
  public record Made(String token, Instant expiresAt) {}

  /** Makes one for a caller and a case. */
  public Made create(Caller caller, String caseId) {
    return made(caller, caseId);
  }

  /** Makes one for a caller and the board. */
  public Made createForBoard(Caller caller) {
    return made(caller, BOARD);
  }

  private Made made(Caller caller, String caseId) {
    Instant expires = clock.instant().plus(LIFE);
    String said = expires.getEpochSecond() + "\n" + caller.id() + "\n" + caseId;
    String payload = encode(said.getBytes(StandardCharsets.UTF_8));
    return new Made(
        PREFIX + payload + "." + signature(payload),
        Instant.ofEpochSecond(expires.getEpochSecond()));
  }

  /** The caller who holds one, while it is good. */
  Optional<Caller> find(String token) {
    String[] parts = token.startsWith(PREFIX) ? token.substring(4).split("\\.", -1) : new String[0];
    if (parts.length != 2 || !Secrets.same(signature(parts[0]), parts[1])) {
      return Optional.empty();
    }
    String[] said =
        new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8).split("\n", 3);
    if (!clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(said[0])))) {
      return Optional.empty();
    }
    return callers
        .apply(said[1])
        .filter(caller -> !said[2].equals(BOARD) || mayFollow(caller))
        .map(caller -> holder(caller, said[2]));
  }

  /** An issuer's word is asked for when the token is made; what others may do can change. */
  private static boolean mayFollow(Caller caller) {
    return caller.kind() == Caller.Kind.ISSUED
        || caller.scope() == Scope.MANAGER
        || caller.scope() == Scope.ADMIN;
  }

  private static Caller holder(Caller caller, String caseId) {
    return caseId.equals(BOARD)
        ? new Caller(Caller.Kind.BOARD_TOKEN, caller.name(), Scope.MANAGER, caller.id(), null)
        : new Caller(Caller.Kind.CASE_TOKEN, caller.name(), Scope.AGENT, caller.id(), caseId);
  }

  private String signature(String payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return encode(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
