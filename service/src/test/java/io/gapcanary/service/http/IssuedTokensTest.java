package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.gapcanary.service.access.AccessSettings;
import java.io.IOException;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer that the test runs. */
@Tag("slow")
class IssuedTokensTest {
  private static final RSAKey KEY = SmallIssuer.KEY;
  private static final RSAKey OTHERS = SmallIssuer.key("one");

  @TempDir private Path folder;

  private SmallIssuer issuer;
  private LiveDesk live;
  private final GuardedDesk.Clock clock = new GuardedDesk.Clock();

  @BeforeEach
  void start() throws IOException {
    issuer = new SmallIssuer(clock);
    live = LiveDesk.on(folder, settings(null, "roles"), clock);
  }

  private String address() {
    return issuer.address();
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
    issuer.close();
  }

  private JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> changed) {
    return changed.apply(issuer.claims()).build();
  }

  private static String signed(JWTClaimsSet claims, RSAKey key) {
    return SmallIssuer.signed(claims, key);
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
    issuer.close();
    isProblem(gapsOf(claims -> claims), 503);
  }
}
