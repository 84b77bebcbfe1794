package io.gapcanary.service.access;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a desk is entered.
 *
 * @param issuer of OpenID Connect tokens, or {@code null} for none
 * @param sessionLength how long a sign-in lasts at most
 * @param sessionIdle how long it lasts unused
 * @param requestsPerSecond how many requests a second one caller may make for long; twice as many
 *     for a moment
 * @param auditKeep how long what was done is kept
 * @param publicAddress where browsers reach the desk, when that is not where it listens; {@code
 *     null} otherwise
 * @param proxies how many proxies stand before it, each adding an address to {@code
 *     X-Forwarded-For}
 */
public record AccessSettings(
    @Nullable Issuer issuer,
    Duration sessionLength,
    Duration sessionIdle,
    double requestsPerSecond,
    Duration auditKeep,
    @Nullable URI publicAddress,
    int proxies) {

  /** The default of everything. */
  public static final AccessSettings DEFAULT =
      new AccessSettings(
          null, Duration.ofHours(12), Duration.ofHours(4), 100, Duration.ofDays(365), null, 0);

  /**
   * Who vouches for callers.
   *
   * @param name the {@code iss} of its tokens
   * @param audience the {@code aud} that they must name
   * @param keys where its keys are; {@code null}: where its discovery document says
   * @param roles the claim that holds what one may do, a path with dots
   * @param client what this desk is to it, for people who sign in on the pages; {@code null}: they
   *     do not
   */
  public record Issuer(
      URI name, String audience, @Nullable URI keys, String roles, @Nullable Client client) {
    /** For tokens of programs only. */
    public Issuer(URI name, String audience, @Nullable URI keys, String roles) {
      this(name, audience, keys, roles, null);
    }
  }

  /**
   * What this desk is to an issuer.
   *
   * @param id its client id
   * @param secret its client secret, shown nowhere; {@code null} for a public client
   * @param scopes what it asks for, with blanks between, {@code openid} among them
   * @param label what people call the issuer
   * @param authorization where people sign in; {@code null}: where the discovery document says
   * @param token where a code is exchanged; {@code null} likewise
   */
  public record Client(
      String id,
      @Nullable String secret,
      String scopes,
      String label,
      @Nullable URI authorization,
      @Nullable URI token) {
    @Override
    public String toString() {
      return "Client[id=" + id + "]";
    }
  }

  /** True when browsers reach the desk by https. */
  public boolean secure() {
    return publicAddress != null && "https".equals(publicAddress.getScheme());
  }
}
