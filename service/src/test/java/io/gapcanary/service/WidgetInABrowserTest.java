package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.http.LiveDesk;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.HasCdp;

/** The widget in the example page, which looks otherwise and has an origin of its own. */
@Tag("browser")
class WidgetInABrowserTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final String QUESTION = "I forgot my password and need to reset the password";

  private static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-12-01T09:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }
  }

  @TempDir private Path folder;
  private final Clock clock = new Clock();
  private Chromium chromium;
  private LiveDesk live;
  private String key;
  private ForeignDesk foreign;

  @BeforeEach
  void start() throws IOException {
    chromium = Chromium.open();
    dark(false);
    live = LiveDesk.on(folder, AccessSettings.DEFAULT, clock);
    String manager = live.access().keys().create("import", Scope.MANAGER, "test").key();
    key = live.access().keys().create("desk", Scope.AGENT, "test").key();
    foreign = new ForeignDesk(live, key);
    Files.createDirectories(SCREENSHOTS);
    assertThat(
            live.send(
                    live.to("/api/v1/articles")
                        .header("Authorization", "Bearer " + manager)
                        .POST(HttpRequest.BodyPublishers.ofString(SmallDesk.ARTICLES)))
                .status())
        .isEqualTo(200);
    post("/api/v1/cases", "{\"id\":\"c-1\",\"customerId\":\"ann\"}");
    chromium.resize(1280, 1000);
  }

  @AfterEach
  void stop() {
    if (foreign != null) {
      foreign.close();
    }
    if (live != null) {
      live.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  private void post(String path, String body) {
    LiveDesk.Answer answer =
        live.send(
            live.to(path)
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
  }

  private void says(String text) {
    post("/api/v1/cases/c-1/messages", "{\"from\":\"customer\",\"text\":\"" + text + "\"}");
  }

  private String given() {
    return live.send(live.to("/api/v1/cases/c-1").header("Authorization", "Bearer " + key).GET())
        .json()
        .get("given")
        .toString();
  }

  private WebDriver driver() {
    return chromium.driver();
  }

  private Object scripted(String script) {
    return ((JavascriptExecutor) driver()).executeScript(script);
  }

  private String panel() {
    return String.valueOf(
        scripted(
            "return document.querySelector('gapcanary-assist')?.shadowRoot?.querySelector('.panel')?.innerText ?? ''"));
  }

  private SearchContext shadow() {
    return driver().findElement(By.cssSelector("gapcanary-assist")).getShadowRoot();
  }

  private void await(String what, BooleanSupplier holds) {
    Chromium.await(() -> what + "; the panel says " + panel(), holds);
  }

  private void press(String label) {
    await(
        "the button " + label,
        () -> {
          List<WebElement> buttons =
              shadow().findElements(By.cssSelector("button.act")).stream()
                  .filter(button -> button.getText().equals(label))
                  .toList();
          buttons.stream().findFirst().ifPresent(WebElement::click);
          return !buttons.isEmpty();
        });
  }

  private void open(String language) {
    driver().get(foreign.page("c-1", language));
    scripted(
        "window.failures = []; addEventListener('error', e => failures.push(e.message));"
            + " addEventListener('unhandledrejection', e => failures.push(String(e.reason)));"
            + " document.addEventListener('gapcanary-error', e => failures.told = e.detail.message)");
    await("the panel", () -> !panel().isEmpty());
  }

  private void nothingWasThrown() {
    assertThat((List<?>) scripted("return window.failures")).isEmpty();
  }

  private void dark(boolean on) {
    ((HasCdp) driver())
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features",
                List.of(
                    Map.of("name", "prefers-color-scheme", "value", on ? "dark" : "light"),
                    Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | I forgot my password and need to reset the password | Reset your password | Put into the reply | kb-1
          ko | 주문한 물건 배송지를 변경하고 싶어요. 배송지 변경하는 방법 알려 주세요 | 배송지를 변경하는 방법 | 답변에 넣기 | kb-3
          """)
  void aPageOfAnotherMakerShowsSuggestionsAndTakesThemIntoItsReply(
      String language, String question, String title, String insert, String article)
      throws IOException {
    open(language);
    assertThat(panel()).doesNotContain(title);
    says(question);
    await("the suggestion", () -> panel().contains(title));
    assertThat(panel()).contains(insert);
    assertThat(foreign.tokens()).isEqualTo(1);

    chromium.photograph(SCREENSHOTS.resolve("widget-" + language + ".png"));
    dark(true);
    chromium.photograph(SCREENSHOTS.resolve("widget-" + language + "-dark.png"));
    chromium.resize(390, 1900);
    assertThat(scripted("return document.documentElement.scrollWidth <= window.innerWidth"))
        .isEqualTo(true);
    chromium.photograph(SCREENSHOTS.resolve("widget-" + language + "-phone-dark.png"));
    dark(false);
    chromium.resize(1280, 1000);

    await(
        "its button",
        () -> {
          shadow().findElement(By.cssSelector("button.main")).click();
          return true;
        });
    assertThat(driver().findElement(By.id("reply")).getDomProperty("value"))
        .contains("https://help.example.com/" + article);
    assertThat(given()).as("the page gives it when it sends it").isEqualTo("[]");
    driver().findElement(By.id("send")).click();
    await("that it is given", () -> given().contains(article));
    await("the sign of it", () -> !shadow().findElements(By.cssSelector(".yes")).isEmpty());
    nothingWasThrown();
  }

  /** In one script, for the panel may be drawn anew between two. */
  private String look(String root, String selector) {
    return String.valueOf(
        scripted(
            "const s = getComputedStyle(%s.querySelector('%s')); return [s.fontFamily, s.textTransform, s.color, s.letterSpacing].join('|')"
                .formatted(root, selector)));
  }

  @Test
  void neitherPageNorPanelTakesTheLookOfTheOther() {
    open("en");
    says(QUESTION);
    await("the suggestion", () -> panel().contains("Reset your password"));
    assertThat(look("document.querySelector('gapcanary-assist').shadowRoot", "button.main"))
        .doesNotContain("Georgia", "uppercase", "194, 24, 91")
        .endsWith("|normal");
    assertThat(look("document", "#send")).contains("Georgia", "uppercase");
    assertThat(scripted("return document.styleSheets.length + document.adoptedStyleSheets.length"))
        .isEqualTo(1L);
    nothingWasThrown();
  }

  @Test
  void aStreamThatBreaksIsTakenUpAgainAndNothingIsMissed() {
    open("en");
    await("its silence", () -> panel().contains("no question yet"));
    foreign.dropStreams();
    says(QUESTION);
    await("the suggestion", () -> panel().contains("Reset your password"));
    nothingWasThrown();
  }

  @Test
  void anExpiredTokenIsRenewedWithoutTheAgentNoticing() {
    open("en");
    await("its silence", () -> panel().contains("no question yet"));
    says(QUESTION);
    await("the suggestion", () -> panel().contains("Reset your password"));
    clock.now = clock.now.plus(Duration.ofMinutes(16));
    press("Mark as given");
    await("that it is given", () -> given().contains("kb-1"));
    assertThat(foreign.tokens()).isEqualTo(2);
    clock.now = clock.now.plus(Duration.ofMinutes(16));
    foreign.dropStreams();
    await("a third token", () -> foreign.tokens() == 3);
    says("And now I want to cancel the subscription, where do I cancel the subscription plan?");
    await(
        "that it goes on",
        () ->
            panel().contains("Cancel a subscription")
                || panel().contains("There are newer suggestions"));
    nothingWasThrown();
  }

  @Test
  void aServerThatIsNotThereIsSaidInThePanelAndBreaksNothing() {
    open("en");
    await("its silence", () -> panel().contains("no question yet"));
    live.close();
    await("the trouble", () -> panel().contains("The connection is lost"));
    nothingWasThrown();
    assertThat(String.valueOf(scripted("return window.failures.told"))).isNotEqualTo("null");
    driver().findElement(By.id("reply")).sendKeys("the page goes on");
    live = null;
  }

  @Test
  void withoutACaseItWaitsForOne() {
    driver().get(foreign.page("c-1", "en"));
    await("the panel", () -> !panel().isEmpty());
    post("/api/v1/cases", "{\"id\":\"c-2\"}");
    scripted("const a = document.querySelector('gapcanary-assist'); a.removeAttribute('case')");
    scripted("const a = document.querySelector('gapcanary-assist'); a.case = 'c-2'; a.token = ''");
    post("/api/v1/cases/c-2/messages", "{\"from\":\"customer\",\"text\":\"" + QUESTION + "\"}");
    await("the other case's suggestion", () -> panel().contains("Reset your password"));
  }
}
