package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.http.LiveDesk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.interactions.Actions;

/** Whole pieces of work without a pointer: keys go to whatever has the focus, as a person's do. */
@Tag("browser")
class ByKeysInABrowserTest {
  private static final int FAR = 250;
  private static Chromium chromium;
  private static LiveDesk live;

  @BeforeAll
  static void start() {
    chromium = Chromium.open();
    live = LiveDesk.demo();
    chromium.resize(1280, 1000);
  }

  @AfterAll
  static void stop() {
    if (live != null) {
      live.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  private static WebDriver driver() {
    return chromium.driver();
  }

  private static void press(CharSequence... keys) {
    new Actions(driver()).sendKeys(keys).perform();
  }

  /** Presses Tab until what a selector names has the focus, also in a shadow root. */
  private static void tabTo(String css) {
    for (int i = 0; i < FAR; i++) {
      press(Keys.TAB);
      if (Boolean.TRUE.equals(
          ((JavascriptExecutor) driver())
              .executeScript(
                  "let e = document.activeElement; while (e?.shadowRoot?.activeElement) { e = e.shadowRoot.activeElement; } return e.matches(arguments[0])",
                  css))) {
        return;
      }
    }
    throw new AssertionError("Tab does not lead to " + css);
  }

  /** Goes down in a list of choices until one is chosen. */
  private static void choose(String css, String value) {
    tabTo(css);
    for (int i = 0; i < 10; i++) {
      if (value.equals(driver().findElement(By.cssSelector(css)).getDomProperty("value"))) {
        return;
      }
      press(Keys.ARROW_DOWN);
    }
    throw new AssertionError("There is no " + value + " in " + css);
  }

  private static boolean there(String css) {
    return !driver().findElements(By.cssSelector(css)).isEmpty();
  }

  private static String state(String gap) {
    return live.get("/api/v1/gaps/" + gap).json().get("state").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko"})
  void anAgentsWholeCase(String language) {
    String id = "keys-" + language;
    live.post("/api/v1/cases", "{\"id\":\"" + id + "\",\"channel\":\"chat\"}");
    live.post(
        "/api/v1/cases/" + id + "/messages",
        "{\"from\":\"customer\",\"text\":\"I forgot the Wi-Fi password, how can I see or change the Wi-Fi password?\"}");
    driver().get(live.address() + "/agent?lang=" + language);
    tabTo("a[data-case='" + id + "']");
    press(Keys.ENTER);
    Chromium.await(
        "a suggestion",
        () ->
            Boolean.TRUE.equals(
                ((JavascriptExecutor) driver())
                    .executeScript(
                        "return document.querySelector('gapcanary-assist')?.shadowRoot?.querySelector('.match') != null")));
    tabTo(".match a.open");
    tabTo(".match button.main");
    press(Keys.ENTER);
    Chromium.await(
        "the article in the reply",
        () ->
            driver()
                .findElement(By.cssSelector("textarea.reply"))
                .getDomProperty("value")
                .contains("https://"));
    new Actions(driver()).keyDown(Keys.CONTROL).sendKeys(Keys.ENTER).keyUp(Keys.CONTROL).perform();
    Chromium.await("the reply", () -> there(".messages .from-agent"));
    assertThat(live.get("/api/v1/cases/" + id).json().get("given")).isNotEmpty();
    choose("#resolution", "solved");
    tabTo("form.close button");
    press(Keys.ENTER);
    Chromium.await("the outcome", () -> there(".outcome"));
    assertThat(live.get("/api/v1/cases/" + id).json().get("closedAt").isNull()).isFalse();
  }

  @Test
  void aManagersWholeGap() {
    driver().get(live.address() + "/gaps?lang=en&kind=incomplete");
    press("j");
    press(Keys.ENTER);
    Chromium.await("the gap", () -> there("#change"));
    String address = driver().getCurrentUrl();
    String gap = address.substring(address.lastIndexOf('/') + 1);

    choose("#state", "assigned");
    tabTo("#owner");
    press("Mina");
    tabTo("#reason");
    press("It comes every day");
    press(Keys.ENTER);
    Chromium.await("who has it", () -> state(gap).equals("assigned"));
    Chromium.await("that it is shown", () -> there(".history q"));
    assertThat(live.get("/api/v1/gaps/" + gap).json().get("owner").asText()).isEqualTo("Mina");

    tabTo("#draft ~ details summary");
    press(Keys.ENTER);
    Chromium.await(
        "the draft",
        () -> driver().findElement(By.cssSelector(".article-text.draft")).isDisplayed());
    tabTo("a[href$='draft.md']");
    saved("drafted", gap);
    saved("published", gap);
    assertThat(live.get("/api/v1/gaps/" + gap).json().get("history").toString()).contains("Mina");
  }

  private static void saved(String state, String gap) {
    choose("#state", state);
    tabTo("#change + form button.main");
    press(Keys.ENTER);
    Chromium.await("that it is " + state, () -> state(gap).equals(state));
    Chromium.await(
        "the page after it", () -> there("#state option[value=" + state + "][selected]"));
  }
}
