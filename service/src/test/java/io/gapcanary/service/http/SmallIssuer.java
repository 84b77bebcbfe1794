package io.gapcanary.service.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An OpenID Connect issuer that signs in whoever comes as Sora, a manager. It knows one client,
 * {@code desk}, gives each code once, and insists on PKCE.
 */
final class SmallIssuer implements AutoCloseable {
  static final RSAKey KEY = key("one");
  static final String CLIENT = "desk";
  static final String SECRET = "issuer's secret";

  private final HttpServer server;
  private final InstantSource clock;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile UnaryOperator<JWTClaimsSet.Builder> idToken = claims -> claims;
  private volatile UnaryOperator<JWTClaimsSet.Builder> accessToken = claims -> claims;
  private volatile RSAKey signingKey = KEY;
  private volatile String error = "";

  SmallIssuer(InstantSource clock) throws IOException {
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/keys", exchange -> answer(exchange, 200, keys()));
    server.createContext(
        "/.well-known/openid-configuration", exchange -> answer(exchange, 200, document()));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.start();
  }

  static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Changes what its ID tokens say. */
  void idToken(UnaryOperator<JWTClaimsSet.Builder> changed) {
    idToken = changed;
  }

  /** Changes what its access tokens say. */
  void accessToken(UnaryOperator<JWTClaimsSet.Builder> changed) {
    accessToken = changed;
  }

  /** Signs with another key than it publishes. */
  void signWith(RSAKey key) {
    signingKey = key;
  }

  /** Refuses whoever comes. */
  void refuse(String why) {
    error = why;
  }

  private static String keys() {
    return new JWKSet(KEY.toPublicJWK()).toString();
  }

  private String document() {
    return "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\",\"authorization_endpoint\":\"%1$s/authorize\",\"token_endpoint\":\"%1$s/token\"}"
        .formatted(address());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  static Map<String, String> parameters(String query) {
    return Stream.of(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    String code = "code-" + count.incrementAndGet();
    codes.put(code, asked);
    String said = error.isEmpty() ? "code=" + code : "error=" + error;
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri")
                + "?"
                + said
                + "&state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
    if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{\"error\":\"invalid_client\"}");
    } else if (asked == null
        || !asked.get("redirect_uri").equals(sent.get("redirect_uri"))
        || !"S256".equals(asked.get("code_challenge_method"))
        || !challenge(sent.get("code_verifier")).equals(asked.get("code_challenge"))) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
    } else {
      JWTClaimsSet id =
          idToken.apply(claims().audience(CLIENT).claim("nonce", asked.get("nonce"))).build();
      JWTClaimsSet access = accessToken.apply(claims()).build();
      answer(
          exchange,
          200,
          "{\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"id_token\":\"%s\"}"
              .formatted(signed(access, KEY), signed(id, signingKey)));
    }
  }

  private static String challenge(String verifier) {
    return CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier)).getValue();
  }

  /** What it says of Sora to a program. */
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(address())
        .audience("gapcanary")
        .subject("u-17")
        .claim("preferred_username", "Sora")
        .claim("roles", List.of("gapcanary-manager", "something-else"))
        .expirationTime(Date.from(clock.instant().plusSeconds(600)));
  }

  static String signed(JWTClaimsSet claims, RSAKey key) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  URI uri() {
    return URI.create(address());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
