package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who sign in on the pages through an issuer that the test runs. */
@Tag("slow")
class IssuerSignInTest {
  private static final String PUBLIC = "https://desk.example.com";

  @TempDir private Path folder;
  private final GuardedDesk.Clock clock = new GuardedDesk.Clock();
  private SmallIssuer issuer;
  private LiveDesk live;

  @BeforeEach
  void start() throws IOException {
    issuer = new SmallIssuer(clock);
    live = LiveDesk.on(folder, settings(SmallIssuer.SECRET, null), clock);
  }

  private AccessSettings settings(String secret, @Nullable URI endpoints) {
    AccessSettings usual = AccessSettings.DEFAULT;
    return new AccessSettings(
        new AccessSettings.Issuer(
            issuer.uri(),
            "gapcanary",
            endpoints == null ? null : endpoints.resolve("/keys"),
            "roles",
            new AccessSettings.Client(
                SmallIssuer.CLIENT,
                secret,
                "openid profile",
                "Example",
                endpoints == null ? null : endpoints.resolve("/authorize"),
                endpoints == null ? null : endpoints.resolve("/token"))),
        usual.sessionLength(),
        usual.sessionIdle(),
        100,
        usual.auditKeep(),
        URI.create(PUBLIC),
        0);
  }

  @AfterEach
  void stop() {
    live.close();
    issuer.close();
  }

  private LiveDesk.Answer page(String path, String cookie) {
    HttpRequest.Builder request = live.to(path).header("Accept", "text/html").GET();
    return live.send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
  }

  /** What the issuer has the browser ask this desk for. */
  private static String back(String authorize) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String location =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(authorize)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertThat(location).startsWith(PUBLIC + "/sign-in/issuer/done?");
      return location.substring(PUBLIC.length());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Begun(String authorize, String cookie) {}

  private Begun begin(String to) {
    LiveDesk.Answer begun = page("/sign-in/issuer?to=" + GuardedDesk.encoded(to), "");
    assertThat(begun.status()).as(begun.body()).isEqualTo(303);
    return new Begun(begun.header("Location"), GuardedDesk.kept(begun));
  }

  private LiveDesk.Answer signIn() {
    Begun begun = begin("/gaps");
    return page(back(begun.authorize()), begun.cookie());
  }

  private static String session(LiveDesk.Answer answer) {
    return answer.response().headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("gapcanary="))
        .map(cookie -> cookie.split(";", 2)[0])
        .findFirst()
        .orElse("");
  }

  private void refused(LiveDesk.Answer answer, int status, String said) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(session(answer)).isEmpty();
    assertThat(Jsoup.parse(answer.body()).select("[role=alert]").text()).contains(said);
  }

  private void refusedWith(UnaryOperator<JWTClaimsSet.Builder> changed, int status, String said) {
    issuer.idToken(changed);
    refused(signIn(), status, said);
  }

  @Test
  void aManagerSignsInThroughTheIssuerAndGoesOnWhereTheyWere() {
    LiveDesk.Answer first = page("/gaps?kind=missing", "");
    LiveDesk.Answer signIn = page(first.header("Location"), "");
    String href = Jsoup.parse(signIn.body()).select("main a.button").attr("href");
    assertThat(signIn.body()).contains("Sign in with Example");
    assertThat(page(first.header("Location") + "&lang=ko", "").body()).contains("Example 계정으로 로그인");

    LiveDesk.Answer begun = page(href, "");
    Map<String, String> asked =
        SmallIssuer.parameters(URI.create(begun.header("Location")).getRawQuery());
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "desk")
        .containsEntry("scope", "openid profile")
        .containsEntry("redirect_uri", PUBLIC + "/sign-in/issuer/done")
        .containsEntry("code_challenge_method", "S256")
        .containsKeys("state", "nonce", "code_challenge");
    assertThat(begun.header("Set-Cookie"))
        .contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/sign-in/issuer", "Max-Age=600")
        .doesNotContain(asked.get("state"), asked.get("nonce"));

    LiveDesk.Answer done = page(back(begun.header("Location")), GuardedDesk.kept(begun));
    assertThat(done.status()).as(done.body()).isEqualTo(303);
    assertThat(done.header("Location")).isEqualTo("/gaps?kind=missing");
    String session = session(done);
    assertThat(page("/gaps", session).body()).contains("Sora", "Sign out");
    assertThat(page("/access", session).status()).as("a manager is no admin").isEqualTo(403);
    assertThat(page("/password", session).body()).contains("another service");
    assertThat(live.access().audit().list(1))
        .extracting(deed -> deed.who() + " " + deed.what())
        .containsExactly("Sora signed in");
  }

  @Test
  void theOneWhoSignedInSoCanOwnAGapAndDecidesUnderTheirName() {
    String key = live.access().keys().create("crm", Scope.ADMIN, "test").key();
    String session = session(signIn());
    for (int i = 0; i < 2; i++) {
      String id = "g-" + i;
      send("POST", "/api/v1/cases", "{\"id\":\"" + id + "\"}", key);
      send(
          "POST",
          "/api/v1/cases/" + id + "/messages",
          "{\"from\":\"customer\",\"text\":\"How do I feed my giraffe in winter?\"}",
          key);
      send("POST", "/api/v1/cases/" + id + "/close", "{}", key);
    }
    String version = send("GET", "/api/v1/gaps/gap-1", "", key).header("ETag");
    LiveDesk.Answer assigned =
        live.send(
            live.to("/api/v1/gaps/gap-1")
                .header("Cookie", session)
                .header("Origin", PUBLIC)
                .header("If-Match", version)
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"owner\":\"sora\"}")));
    assertThat(assigned.status()).as(assigned.body()).isEqualTo(200);
    assertThat(assigned.json().get("owner").asText()).isEqualTo("Sora");
    assertThat(assigned.json().get("history").toString()).contains("\"by\":\"Sora\"");
  }

  private LiveDesk.Answer send(String method, String path, String body, String key) {
    return live.send(
        live.to(path)
            .header("Authorization", "Bearer " + key)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void signingOutEndsTheSignInHere() {
    String session = session(signIn());
    LiveDesk.Answer out =
        live.send(
            live.to("/sign-out")
                .header("Accept", "text/html")
                .header("Origin", PUBLIC)
                .header("Cookie", session)
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(out.header("Location")).isEqualTo("/sign-in");
    assertThat(page("/gaps", session).status()).isEqualTo(303);
  }

  @Test
  void aForgedStateIsRefusedAndSoIsAnAnswerInAnotherBrowser() {
    Begun begun = begin("/");
    String back = back(begun.authorize());
    refused(page(back.replaceFirst("state=[^&]+", "state=forged"), begun.cookie()), 401, "Begin");
    refused(page(back.replaceFirst("&state=[^&]+", ""), begun.cookie()), 401, "Begin");
    refused(page(back, ""), 401, "Begin");
    refused(page(back, begin("/").cookie()), 401, "Begin");
    refused(page(back, "gapcanary-issuer=x.y.z"), 401, "Begin");
    assertThat(page(back, begun.cookie()).status()).as("it was never used").isEqualTo(303);
  }

  @Test
  void anAnswerIsGoodOnceAndACodeTooAndForTenMinutes() {
    Begun begun = begin("/");
    String back = back(begun.authorize());
    assertThat(page(back, begun.cookie()).status()).isEqualTo(303);
    refused(page(back, begun.cookie()), 401, "used already");

    Begun again = begin("/");
    String spent = back.replaceFirst("state=[^&]+", "").replaceFirst("&$", "");
    String state = SmallIssuer.parameters(URI.create(again.authorize()).getRawQuery()).get("state");
    refused(page(spent + "&state=" + GuardedDesk.encoded(state), again.cookie()), 401, "Begin");

    Begun slow = begin("/");
    clock.pass(Duration.ofMinutes(10));
    refused(page(back(slow.authorize()), slow.cookie()), 401, "too long ago");
  }

  @Test
  void anIdTokenIsForThisSignInAndThisDeskSignedAndInItsTime() {
    String said = "could not be verified";
    refusedWith(claims -> claims.claim("nonce", "another"), 401, said);
    refusedWith(claims -> claims.claim("nonce", null), 401, said);
    refusedWith(claims -> claims.audience("another-program"), 401, said);
    refusedWith(claims -> claims.audience("gapcanary"), 401, said);
    refusedWith(claims -> claims.audience(List.of("desk", "other")), 401, said);
    refusedWith(claims -> claims.claim("azp", "other"), 401, said);
    refusedWith(claims -> claims.issuer("https://evil.example"), 401, said);
    refusedWith(
        claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(61))), 401, said);
    refusedWith(claims -> claims.subject(null), 401, said);
    issuer.idToken(claims -> claims);
    issuer.signWith(SmallIssuer.key("one"));
    refused(signIn(), 401, said);
    issuer.signWith(SmallIssuer.KEY);
    assertThat(signIn().status()).isEqualTo(303);
  }

  @Test
  void oneWithoutARoleForPeopleIsToldSo() {
    issuer.accessToken(claims -> claims.claim("roles", null));
    refusedWith(claims -> claims.claim("roles", List.of("something-else")), 403, "no role");
    refusedWith(claims -> claims.claim("roles", List.of("ingest")), 403, "no role");
  }

  @Test
  void theRoleMayStandInTheAccessTokenOfTheSamePerson() {
    issuer.idToken(claims -> claims.claim("roles", null));
    assertThat(page("/gaps", session(signIn())).status()).isEqualTo(200);
    issuer.accessToken(claims -> claims.subject("u-18"));
    refused(signIn(), 403, "no role");
    issuer.accessToken(claims -> claims.audience("another-program"));
    refused(signIn(), 403, "no role");
  }

  @Test
  void nobodyBecomesAnotherByTheirName() {
    live.access().people().add("Sora", Scope.ADMIN, GuardedDesk.PASSWORD);
    refused(signIn(), 403, "Somebody else");
    live.access().people().remove("Sora");
    String mine = session(signIn());
    issuer.idToken(claims -> claims.subject("u-18").claim("roles", List.of("admin")));
    refused(signIn(), 403, "Somebody else");
    assertThat(page("/access", mine).status()).as("and nobody's role changed").isEqualTo(403);
    issuer.idToken(claims -> claims.claim("roles", List.of("admin")));
    assertThat(page("/access", session(signIn())).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:x",
        "/\n/x",
        "/%2f/evil.example@"
      })
  void theWayBackNeverLeadsElsewhere(String to) {
    Begun begun = begin(to);
    assertThat(page(back(begun.authorize()), begun.cookie()).header("Location"))
        .matches("/(%2f/evil\\.example@)?");
  }

  @Test
  void whoIsRefusedThereIsToldCalmly() {
    issuer.refuse("access_denied");
    refused(signIn(), 403, "cancelled or not allowed");
    issuer.refuse("temporarily_unavailable");
    refused(signIn(), 503, "cannot be reached");
    Begun begun = begin("/");
    LiveDesk.Answer korean = page(back(begun.authorize()) + "&lang=ko", begun.cookie());
    refused(korean, 503, "지금은 로그인 서비스에");
  }

  @Test
  void anIssuerThatIsDownIsToldAndTheOthersStillSignIn() {
    Begun begun = begin("/");
    String back = back(begun.authorize());
    issuer.close();
    refused(page(back, begun.cookie()), 503, "cannot be reached");
    live.close();
    live = LiveDesk.on(folder, settings(SmallIssuer.SECRET, null), clock);
    LiveDesk.Answer down = page("/sign-in/issuer", "");
    refused(down, 503, "cannot be reached");
    assertThat(Jsoup.parse(down.body()).select("input[name=password]")).hasSize(1);
  }

  @Test
  void aWrongClientSecretIsAFaultOfTheServiceAndTheEndpointsMayBeSet(@TempDir Path other) {
    live.close();
    live = LiveDesk.on(other, settings("wrong", issuer.uri()), clock);
    refused(signIn(), 503, "cannot be reached");
    live.close();
    live = LiveDesk.on(other, settings(SmallIssuer.SECRET, issuer.uri()), clock);
    assertThat(signIn().status()).isEqualTo(303);
  }

  @Test
  void withoutAClientThereIsNoButton(@TempDir Path other) {
    try (GuardedDesk plain = GuardedDesk.on(other)) {
      assertThat(plain.page("/sign-in", "").body()).doesNotContain("/sign-in/issuer");
      assertThat(plain.page("/sign-in/issuer", "").status()).isEqualTo(404);
      assertThat(plain.page("/sign-in/issuer/done?code=x&state=y", "").status()).isEqualTo(404);
    }
  }
}
