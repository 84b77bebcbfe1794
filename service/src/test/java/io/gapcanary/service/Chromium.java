package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A Chromium without a window, for tests tagged {@code browser}.
 *
 * <p>Where there is none, {@link #open} reports the test as not run; where {@code
 * GAPCANARY_REQUIRE_BROWSER} is 1, as in CI, the test fails.
 */
final class Chromium implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Who asks again without a pause has soon asked more often than a key may. */
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  static Chromium open() {
    Optional<File> browser = findCommand("chromium", "chromium-browser", "google-chrome");
    Optional<File> driver = findCommand("chromedriver");
    if (browser.isEmpty() || driver.isEmpty()) {
      String missing = "No Chromium with its chromedriver on the PATH";
      if ("1".equals(System.getenv("GAPCANARY_REQUIRE_BROWSER"))) {
        throw new AssertionError(missing + ", and GAPCANARY_REQUIRE_BROWSER asks for one");
      }
      Assumptions.abort(missing);
    }
    return new Chromium(
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow())
                .withSilent(true)
                .build(),
            headless(browser.orElseThrow())));
  }

  /** As a person's browser is, but for the window, and for what it would fetch from its maker. */
  private static ChromeOptions headless(File browser) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900");
    return options;
  }

  private static Optional<File> findCommand(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(names)
        .flatMap(
            name ->
                Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                    .map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst();
  }

  WebDriver driver() {
    return driver;
  }

  /**
   * Waits until something holds. What it reads may not be there yet, or be replaced while it is
   * read: then it is read again.
   */
  static void await(Supplier<String> what, BooleanSupplier holds) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!holdsNow(holds)) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  /** The same, told by a text. */
  static void await(String what, BooleanSupplier holds) {
    await(() -> what, holds);
  }

  private static boolean holdsNow(BooleanSupplier holds) {
    try {
      return holds.getAsBoolean();
    } catch (WebDriverException e) { // of a page that is just being replaced, whatever it says
      return false;
    }
  }

  /** Clicks what a selector names, once it is there. */
  void click(String css) {
    await(
        "to click " + css,
        () -> {
          driver.findElement(By.cssSelector(css)).click();
          return true;
        });
  }

  /** Waits until one of those that a selector names has a text. */
  void awaitText(String css, String text) {
    await(
        () -> "“" + text + "” in " + css + " of " + driver.getPageSource(),
        () ->
            driver.findElements(By.cssSelector(css)).stream()
                .anyMatch(element -> element.getText().contains(text)));
  }

  /** Waits until a selector names something. */
  void awaitThere(String css) {
    await(
        () -> css + " in " + driver.getPageSource(),
        () -> !driver.findElements(By.cssSelector(css)).isEmpty());
  }

  /** Waits until a selector names nothing. */
  void awaitGone(String css) {
    await(
        () -> "no " + css + " in " + driver.getPageSource(),
        () -> driver.findElements(By.cssSelector(css)).isEmpty());
  }

  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** Saves what the window shows as a PNG. */
  void photograph(Path png) throws IOException {
    Files.write(png, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
