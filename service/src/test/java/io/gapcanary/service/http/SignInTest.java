package io.gapcanary.service.http;

import static io.gapcanary.service.http.HttpApiTest.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.Scope;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class SignInTest {
  private static final String PASSWORD = GuardedDesk.PASSWORD;

  @TempDir private Path folder;

  private GuardedDesk desk;

  @BeforeEach
  void start() {
    desk = GuardedDesk.on(folder);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void aPageLeadsToTheSignInAndBackAgain() {
    LiveDesk.Answer page = desk.page("/gaps?kind=missing", "");
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.header("Location")).isEqualTo("/sign-in?to=%2Fgaps%3Fkind%3Dmissing");
    LiveDesk.Answer signIn =
        desk.form(
            "/sign-in",
            "name=Mina&password="
                + GuardedDesk.encoded(PASSWORD)
                + "&to="
                + GuardedDesk.encoded("/gaps?kind=missing"),
            "");
    assertThat(signIn.status()).isEqualTo(303);
    assertThat(signIn.header("Location")).isEqualTo("/gaps?kind=missing");
    assertThat(desk.page("/gaps", GuardedDesk.kept(signIn)).body()).contains("Mina", "Sign out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:x",
        "/\n/x"
      })
  void theWayBackNeverLeadsElsewhere(String to) {
    LiveDesk.Answer signIn =
        desk.form(
            "/sign-in",
            "name=Mina&password="
                + GuardedDesk.encoded(PASSWORD)
                + "&to="
                + GuardedDesk.encoded(to),
            "");
    assertThat(signIn.header("Location")).isEqualTo("/");
  }

  @Test
  void whatTheBrowserKeepsIsForThisDeskOnlyAndForNoScript() {
    String cookie = desk.trySignIn("Mina", PASSWORD).header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure");
  }

  @Test
  void behindHttpsTheCookieIsSecureAndTheOwnPagesAreThoseOfThePublicAddress(@TempDir Path other) {
    AccessSettings usual = AccessSettings.DEFAULT;
    AccessSettings settings =
        new AccessSettings(
            null,
            usual.sessionLength(),
            usual.sessionIdle(),
            100,
            usual.auditKeep(),
            URI.create("https://desk.example.com"),
            1);
    try (GuardedDesk proxied = GuardedDesk.on(other, settings)) {
      HttpRequest.Builder own =
          proxied
              .formRequest("/sign-in", "name=Mina&password=" + GuardedDesk.encoded(PASSWORD), "")
              .header("Origin", "https://desk.example.com");
      LiveDesk.Answer signIn = proxied.live().send(own);
      assertThat(signIn.status()).isEqualTo(303);
      assertThat(signIn.header("Set-Cookie")).contains("Secure");
      assertThat(signIn.header("Strict-Transport-Security")).contains("max-age");
      assertThat(proxied.trySignIn("Mina", PASSWORD).status()).isEqualTo(403);
    }
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreRefusedAlike() {
    LiveDesk.Answer wrong = desk.trySignIn("Mina", "not the password");
    LiveDesk.Answer unknown = desk.trySignIn("Nobody", "not the password");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(wrong.header("Set-Cookie")).isEmpty();
    assertThat(unknown.body().replace("Nobody", "Mina")).isEqualTo(wrong.body());
  }

  @Test
  void namesAreAlikeWhateverTheCaseOfTheirLettersAndHoweverKoreanIsCoded() {
    desk.live().access().people().add("김민아", Scope.MANAGER, PASSWORD);
    String decomposed = java.text.Normalizer.normalize("김민아", java.text.Normalizer.Form.NFD);
    assertThat(desk.trySignIn("mina", PASSWORD).status()).isEqualTo(303);
    assertThat(desk.trySignIn(decomposed, PASSWORD).status()).isEqualTo(303);
  }

  @Test
  void afterFiveTriesInVainOneHasToWaitEvenWithTheRightPassword() {
    for (int i = 0; i < 5; i++) {
      assertThat(desk.trySignIn("Mina", "guess number " + i).status()).isEqualTo(401);
    }
    LiveDesk.Answer refused = desk.trySignIn("mina", PASSWORD);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("900");
    desk.clock().pass(Duration.ofMinutes(15));
    assertThat(desk.trySignIn("Mina", PASSWORD).status()).isEqualTo(303);
  }

  @Test
  void anAddressThatTriesManyNamesHasToWaitToo() {
    for (int i = 0; i < 50; i++) {
      desk.live().access().signIn("name-" + i, "guess", "203.0.113.9");
    }
    assertThat(desk.live().access().signIn("Mina", PASSWORD, "203.0.113.9"))
        .isInstanceOf(io.gapcanary.service.access.Access.SigningIn.Wait.class);
    assertThat(desk.live().access().signIn("Mina", PASSWORD, "203.0.113.10"))
        .isInstanceOf(io.gapcanary.service.access.Access.SigningIn.Done.class);
  }

  @Test
  void signingOutEndsTheSignIn() {
    String cookie = desk.signIn("Mina", PASSWORD);
    assertThat(desk.page("/gaps", cookie).status()).isEqualTo(200);
    LiveDesk.Answer out = desk.form("/sign-out", "", cookie);
    assertThat(out.status()).isEqualTo(303);
    assertThat(out.header("Set-Cookie")).contains("gapcanary=;", "Expires=Thu, 01 Jan 1970");
    assertThat(desk.page("/gaps", cookie).status()).isEqualTo(303);
  }

  @Test
  void aSignInEndsUnusedAfterFourHoursAndAfterTwelveInAnyCase() {
    String idle = desk.signIn("Mina", PASSWORD);
    desk.clock().pass(Duration.ofHours(4));
    assertThat(desk.page("/gaps", idle).status()).isEqualTo(303);

    String used = desk.signIn("Mina", PASSWORD);
    for (int hour = 1; hour < 12; hour++) {
      desk.clock().pass(Duration.ofHours(1));
      assertThat(desk.page("/gaps", used).status()).isEqualTo(200);
    }
    desk.clock().pass(Duration.ofHours(1));
    assertThat(desk.page("/gaps", used).status()).isEqualTo(303);
  }

  @Test
  void aSignInSurvivesARestartAndIsKeptAsAHash() throws Exception {
    String cookie = desk.signIn("Mina", PASSWORD);
    desk.close();
    String secret = cookie.split("=", 2)[1];
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain(secret, PASSWORD);
      }
    }
    desk = GuardedDesk.reopened(folder, AccessSettings.DEFAULT, desk.clock());
    assertThat(desk.page("/gaps", cookie).status()).isEqualTo(200);
  }

  @Test
  void aForgedSignInIsRefused() {
    String cookie = desk.signIn("Mina", PASSWORD);
    String forged = cookie.substring(0, cookie.length() - 1) + (cookie.endsWith("a") ? "b" : "a");
    assertThat(desk.page("/gaps", forged).status()).isEqualTo(303);
    assertThat(desk.page("/gaps", "gapcanary=").status()).isEqualTo(303);
  }

  @Test
  void anotherRoleHoldsFromTheNextRequestOnAndARemovedPersonIsSignedOut() {
    desk.live().access().people().add("Jun", Scope.MANAGER, PASSWORD);
    String cookie = desk.signIn("Jun", PASSWORD);
    assertThat(desk.page("/floor", cookie).status()).isEqualTo(200);
    desk.live().access().people().setRole("Jun", Scope.AGENT);
    LiveDesk.Answer refused = desk.page("/floor", cookie);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("Your role may not do this");
    assertThat(desk.page("/gaps", cookie).body()).doesNotContain("href=\"/floor", "href=\"/desk");
    desk.live().access().people().remove("Jun");
    assertThat(desk.page("/gaps", cookie).status()).isEqualTo(303);
  }

  @Test
  void onesOwnPasswordIsChangedWithTheOldOneAndEndsTheOtherSignIns() {
    String here = desk.signIn("Mina", PASSWORD);
    String elsewhere = desk.signIn("Mina", PASSWORD);
    String next = "another four plain words";
    assertThat(change(here, "not the password", next, next).status()).isEqualTo(400);
    assertThat(change(here, PASSWORD, next, next + "!").status()).isEqualTo(400);
    assertThat(change(here, PASSWORD, "short", "short").status()).isEqualTo(400);
    assertThat(desk.page("/gaps", elsewhere).status()).isEqualTo(200);
    assertThat(change(here, PASSWORD, next, next).status()).isEqualTo(200);
    assertThat(desk.page("/gaps", here).status()).isEqualTo(200);
    assertThat(desk.page("/gaps", elsewhere).status()).isEqualTo(303);
    assertThat(desk.trySignIn("Mina", PASSWORD).status()).isEqualTo(401);
    assertThat(desk.trySignIn("Mina", next).status()).isEqualTo(303);
  }

  @Test
  void whoSitsAtASignedInBrowserCannotGuessTheOldPasswordForLong() {
    String cookie = desk.signIn("Mina", PASSWORD);
    String next = "another four plain words";
    for (int i = 0; i < 5; i++) {
      change(cookie, "guess number " + i, next, next);
    }
    assertThat(change(cookie, PASSWORD, next, next).status()).isEqualTo(400);
    desk.clock().pass(Duration.ofMinutes(15));
    assertThat(change(cookie, PASSWORD, next, next).status()).isEqualTo(200);
  }

  private LiveDesk.Answer change(String cookie, String old, String next, String again) {
    return desk.form(
        "/password",
        "old="
            + GuardedDesk.encoded(old)
            + "&next="
            + GuardedDesk.encoded(next)
            + "&again="
            + GuardedDesk.encoded(again),
        cookie);
  }

  @Test
  void aChangeWithASignInMustComeFromAPageOfThisDesk() {
    String cookie = desk.signIn("Mina", PASSWORD);
    String form = "from=customer&text=hello";
    isRefused(desk.formRequest("/agent/messages", form, cookie));
    isRefused(
        desk.formRequest("/agent/messages", form, cookie).header("Origin", "https://evil.example"));
    isRefused(desk.formRequest("/agent/messages", form, cookie).header("Origin", "null"));
    isRefused(
        desk.formRequest("/agent/messages", form, cookie).header("Sec-Fetch-Site", "same-site"));
    isRefused(
        desk.formRequest("/sign-in", "name=Mina&password=x", "")
            .header("Origin", "https://evil.example"));
    HttpRequest.Builder json =
        desk.live()
            .to("/api/v1/cases")
            .header("Cookie", cookie)
            .header("Origin", "https://evil.example")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    isProblem(desk.live().send(json), 403);
    assertThat(desk.live().desk().openCases()).isZero();
    assertThat(desk.form("/agent/messages", form, cookie).status()).isEqualTo(303);
    assertThat(
            desk.live()
                .send(
                    desk.formRequest("/agent/messages", form, cookie)
                        .header("Sec-Fetch-Site", "same-origin"))
                .status())
        .isEqualTo(303);
    assertThat(desk.live().desk().openCases()).isEqualTo(2);
  }

  private void isRefused(HttpRequest.Builder request) {
    assertThat(desk.live().send(request).status()).isEqualTo(403);
  }

  @Test
  void aFragmentOfAPageWhoseSignInEndedLeadsTheWholePageToTheSignIn() {
    HttpRequest.Builder request =
        desk.formRequest("/agent/preview", "text=hello", "")
            .header("HX-Request", "true")
            .header("Origin", desk.live().address());
    LiveDesk.Answer answer = desk.live().send(request);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("HX-Redirect")).isEqualTo("/sign-in");
  }

  @Test
  void whoSignsInOwnsGapsAndStandsInTheHistory() {
    desk.live().access().people().add("Jun", Scope.MANAGER, PASSWORD);
    for (int i = 0; i < 3; i++) {
      String id = "inv-" + i;
      desk.live()
          .desk()
          .assist()
          .open(io.gapcanary.CaseOpening.builder().id(id).customerId("cu-" + i).build());
      desk.live()
          .desk()
          .assist()
          .hear(id, io.gapcanary.Message.customer("Where is the invoice with our tax number?"));
      desk.live().desk().assist().close(id, io.gapcanary.Closing.now());
    }
    desk.live().access().people().add("Sora", Scope.AGENT, PASSWORD);
    String agents = desk.page("/gaps/gap-1", desk.signIn("Sora", PASSWORD)).body();
    assertThat(agents).contains("invoice").doesNotContain("method=\"post\" action=\"/gaps");
    String cookie = desk.signIn("Jun", PASSWORD);
    LiveDesk.Answer page = desk.page("/gaps/gap-1", cookie);
    assertThat(page.body()).contains("<option value=\"Jun\"", "Saved as Jun");
    String version = page.body().replaceAll("(?s).*name=\"version\" value=\"(\\d+)\".*", "$1");
    assertThat(
            desk.form(
                    "/gaps/gap-1",
                    "version=" + version + "&state=assigned&owner=Mina&by=Somebody+Else",
                    cookie)
                .status())
        .isEqualTo(303);
    var gap = desk.get("/api/v1/gaps/gap-1", desk.key(Scope.AGENT)).json();
    assertThat(gap.get("owner").asText()).isEqualTo("Mina");
    assertThat(gap.get("history").toString()).contains("Jun").doesNotContain("Somebody Else");

    LiveDesk.Answer stranger =
        desk.live()
            .send(
                desk.live()
                    .to("/api/v1/gaps/gap-1")
                    .header("Authorization", "Bearer " + desk.key(Scope.MANAGER))
                    .header("If-Match", "\"" + gap.get("version").asLong() + "\"")
                    .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString("{\"owner\":\"A Stranger\"}")));
    isProblem(stranger, 400);
    assertThat(stranger.json().get("detail").asText()).contains("A Stranger");
  }

  @Test
  void signInsAreKeptInTheAuditLogWithoutWhatWasTypedInVain() {
    desk.trySignIn("my secret typed as a name", "x");
    desk.form("/sign-out", "", desk.signIn("Mina", PASSWORD));
    String entries = desk.get("/api/v1/audit", desk.key(Scope.ADMIN)).body();
    assertThat(entries)
        .contains("signed in", "signed out", "sign-in refused", "Mina")
        .doesNotContain("typed as a name");
  }
}
