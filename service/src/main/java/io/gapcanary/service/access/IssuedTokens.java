package io.gapcanary.service.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an OpenID Connect issuer, checked with the keys that it publishes. Thread-safe.
 *
 * <p>A token must be signed with one of them, name this desk as its audience, be in its time (a
 * minute either way for clocks that differ), and say what its holder may do: {@code agent}, {@code
 * manager}, {@code ingest} or {@code admin}, each perhaps after {@code gapcanary-}, in the claim
 * that the settings name. The first of admin, manager, agent and ingest that it says holds.
 */
final class IssuedTokens {
  private static final int SKEW_SECONDS = 60;
  private static final List<Scope> STRONGEST_FIRST =
      List.of(Scope.ADMIN, Scope.MANAGER, Scope.AGENT, Scope.INGEST);

  /** Signed with a key pair: a shared secret would be this desk's to forge with. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512,
          JWSAlgorithm.Ed25519,
          JWSAlgorithm.EdDSA);

  private final AccessSettings.Issuer issuer;
  private final String audience;
  private final IssuerAddresses addresses;
  private final InstantSource clock;
  private volatile @Nullable DefaultJWTProcessor<SecurityContext> processor;

  /**
   * @param audience whom the tokens must be for
   */
  IssuedTokens(
      AccessSettings.Issuer issuer,
      String audience,
      IssuerAddresses addresses,
      InstantSource clock) {
    this.issuer = issuer;
    this.audience = audience;
    this.addresses = addresses;
    this.clock = clock;
  }

  /** True for what could be one, and is surely no key of this desk's. */
  static boolean looksLikeOne(String token) {
    return token.startsWith("ey") && token.chars().filter(c -> c == '.').count() == 2;
  }

  /**
   * The caller who holds a token, when it is good.
   *
   * @throws IssuerException when the issuer's keys cannot be had
   */
  Optional<Caller> find(String token) {
    return claims(token).flatMap(this::caller);
  }

  /**
   * What a token says, when it is good.
   *
   * @throws IssuerException when the issuer's keys cannot be had
   */
  Optional<JWTClaimsSet> claims(String token) {
    try {
      return Optional.of(processor().process(token, null));
    } catch (RemoteKeySourceException e) {
      throw new IssuerException(issuer.name(), e);
    } catch (KeySourceException e) {
      throw new IssuerException(issuer.name(), e);
    } catch (BadJOSEException | JOSEException | ParseException e) {
      return Optional.empty();
    }
  }

  /** The one of whom they are said, when they have a role. */
  Optional<Caller> caller(JWTClaimsSet claims) {
    List<String> said = said(claims).map(IssuedTokens::plain).toList();
    return STRONGEST_FIRST.stream()
        .filter(scope -> said.contains(scope.wireName()))
        .findFirst()
        .map(
            scope ->
                new Caller(
                    Caller.Kind.ISSUED,
                    name(claims),
                    scope,
                    "issued:" + claims.getSubject(),
                    null));
  }

  private static String plain(String role) {
    return role.toLowerCase(Locale.ROOT).replaceFirst("^gapcanary[-:_./]", "");
  }

  /** A list, or words in one text as OAuth writes scopes. */
  private Stream<String> said(JWTClaimsSet claims) {
    Object found = claims.getClaims();
    for (String step : issuer.roles().split("\\.")) {
      found = found instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return switch (found) {
      case null -> Stream.empty();
      case Collection<?> many -> many.stream().map(String::valueOf);
      default -> Stream.of(String.valueOf(found).split("[ ,]+"));
    };
  }

  private static String name(JWTClaimsSet claims) {
    Object preferred = claims.getClaim("preferred_username");
    String name = preferred instanceof String text && !text.isBlank() ? text : claims.getSubject();
    return Names.require("name", name.length() > 100 ? name.substring(0, 100) : name);
  }

  private DefaultJWTProcessor<SecurityContext> processor() throws RemoteKeySourceException {
    DefaultJWTProcessor<SecurityContext> ready = processor;
    if (ready == null) {
      ready = newProcessor();
      processor = ready;
    }
    return ready;
  }

  private DefaultJWTProcessor<SecurityContext> newProcessor() throws RemoteKeySourceException {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.<SecurityContext>create(
                keys(),
                new DefaultResourceRetriever(
                    IssuerAddresses.MILLIS, IssuerAddresses.MILLIS, IssuerAddresses.BYTES))
            .retrying(true)
            .outageTolerant(true)
            .build();
    DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
    made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    made.setJWTClaimsSetVerifier(verifier());
    return made;
  }

  private DefaultJWTClaimsVerifier<SecurityContext> verifier() {
    DefaultJWTClaimsVerifier<SecurityContext> verifier =
        new DefaultJWTClaimsVerifier<>(
            audience,
            new JWTClaimsSet.Builder().issuer(issuer.name().toString()).build(),
            Set.of("sub", "exp")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew(SKEW_SECONDS);
    return verifier;
  }

  private URL keys() throws RemoteKeySourceException {
    try {
      return addresses.keys().toURL();
    } catch (IOException | IllegalArgumentException e) {
      throw new RemoteKeySourceException("The issuer's keys cannot be found", e);
    }
  }
}
