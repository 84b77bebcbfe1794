package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.gapcanary.service.access.AccessSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer that the test runs. */
class IssuedTokensTest {
  private static final RSAKey KEY = key("one");
  private static final RSAKey OTHERS = key("one");

  @TempDir private Path folder;

  private HttpServer issuer;
  private LiveDesk live;
  private final GuardedDesk.Clock clock = new GuardedDesk.Clock();

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/keys", () -> new JWKSet(KEY.toPublicJWK()).toString());
    answer(
        "/.well-known/openid-configuration",
        () -> "{\"issuer\":\"" + address() + "\",\"jwks_uri\":\"" + address() + "/keys\"}");
    issuer.start();
    live = LiveDesk.on(folder, settings(null, "roles"), clock);
  }

  private void answer(String path, java.util.function.Supplier<String> body) {
    issuer.createContext(
        path,
        exchange -> {
          byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private String address() {
    return "http://127.0.0.1:" + issuer.getAddress().getPort();
  }

  private AccessSettings settings(URI keys, String roles) {
    AccessSettings usual = AccessSettings.DEFAULT;
    return new AccessSettings(
        new AccessSettings.Issuer(URI.create(address()), "gapcanary", keys, roles),
        usual.sessionLength(),
        usual.sessionIdle(),
        100,
        usual.auditKeep(),
        null,
        0);
  }

  @AfterEach
  void stop() {
    live.close();
    issuer.stop(0);
  }

  private JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> changed) {
    return changed
        .apply(
            new JWTClaimsSet.Builder()
                .issuer(address())
                .audience("gapcanary")
                .subject("u-17")
                .claim("preferred_username", "Sora")
                .claim("roles", List.of("gapcanary-manager", "something-else"))
                .expirationTime(Date.from(clock.instant().plusSeconds(600))))
        .build();
  }

  private static String signed(JWTClaimsSet claims, RSAKey key) {
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

  private LiveDesk.Answer gaps(String token) {
    return live.send(live.to("/api/v1/gaps").header("Authorization", "Bearer " + token).GET());
  }

  private LiveDesk.Answer gapsOf(UnaryOperator<JWTClaimsSet.Builder> changed) {
    return gaps(signed(claims(changed), KEY));
  }

  @Test
  void anIssuerIsAccessEnoughAndWithoutATokenNobodyIsKnown() {
    isProblem(live.get("/api/v1/gaps"), 401);
  }

  @Test
  void aTokenOfTheIssuerIsGoodForWhatItsRoleMayDo() {
    String token = signed(claims(claims -> claims), KEY);
    assertThat(gaps(token).status()).isEqualTo(200);
    isProblem(
        live.send(live.to("/api/v1/keys").header("Authorization", "Bearer " + token).GET()), 403);
  }

  @Test
  void theOneWhomItVouchesForMayOwnGaps() {
    String token = signed(claims(claims -> claims), KEY);
    LiveDesk.Answer people =
        live.send(live.to("/api/v1/people").header("Authorization", "Bearer " + token).GET());
    assertThat(people.json().get("people").toString())
        .isEqualTo("[{\"name\":\"Sora\",\"role\":\"manager\"}]");
  }

  @Test
  void anExpiredOneIsRefusedAndOneOfTheFutureToo() {
    isProblem(
        gapsOf(claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(61)))), 401);
    isProblem(
        gapsOf(claims -> claims.notBeforeTime(Date.from(clock.instant().plusSeconds(120)))), 401);
    isProblem(gapsOf(claims -> claims.expirationTime(null)), 401);
    String token = signed(claims(claims -> claims), KEY);
    clock.pass(Duration.ofMinutes(12));
    isProblem(gaps(token), 401);
  }

  @Test
  void oneForAnotherAudienceOrOfAnotherIssuerIsRefused() {
    isProblem(gapsOf(claims -> claims.audience("another-program")), 401);
    isProblem(gapsOf(claims -> claims.audience((String) null)), 401);
    isProblem(gapsOf(claims -> claims.issuer("https://evil.example")), 401);
  }

  @Test
  void oneThatTheIssuerDidNotSignIsRefused() throws Exception {
    JWTClaimsSet good = claims(claims -> claims);
    isProblem(gaps(signed(good, OTHERS)), 401);
    isProblem(gaps(new PlainJWT(good).serialize()), 401);
    SignedJWT shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), good);
    shared.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));
    isProblem(gaps(shared.serialize()), 401);
    String token = signed(good, KEY);
    String[] parts = token.split("\\.");
    String changed =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                good.toString().replace("manager", "admin").getBytes(StandardCharsets.UTF_8));
    isProblem(gaps(parts[0] + "." + changed + "." + parts[2]), 401);
  }

  @Test
  void oneThatSaysNothingOfARoleMayDoNothing() {
    isProblem(gapsOf(claims -> claims.claim("roles", List.of("something-else"))), 401);
    isProblem(gapsOf(claims -> claims.claim("roles", null)), 401);
  }

  @Test
  void rolesMayStandWithinOtherClaimsOrBeWordsInAText(@TempDir Path other) {
    live.close();
    live =
        LiveDesk.on(other, settings(URI.create(address() + "/keys"), "realm_access.roles"), clock);
    assertThat(gapsOf(c -> c.claim("realm_access", Map.of("roles", List.of("agent")))).status())
        .isEqualTo(200);
    assertThat(gapsOf(c -> c.claim("realm_access", Map.of("roles", "openid agent"))).status())
        .isEqualTo(200);
    isProblem(gapsOf(claims -> claims), 401);
  }

  @Test
  void whileTheIssuersKeysCannotBeHadNobodyIsTakenForAStranger() {
    issuer.stop(0);
    isProblem(gapsOf(claims -> claims), 503);
  }
}
