package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.http.LiveDesk;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chromium.HasCdp;

/**
 * What a browser that has seen nothing yet must fetch for the pages that people begin with. With
 * {@code -Dgapcanary.page-times} each is loaded 25 times and what it took is printed.
 */
@Tag("browser")
class FirstPagesInABrowserTest {
  private static final List<String> PAGES =
      List.of("/", "/agent", "/gaps", "/articles", "/desk", "/explain", "/sign-in");

  private static final int MOST_BYTES = 150 << 10;
  private static final int LOADS = 25;

  private static Chromium chromium;
  private static LiveDesk live;

  /** What a page took, in milliseconds, and its bytes as they came with all that it fetched. */
  private record Load(double firstByte, double painted, double loaded, double bytes) {}

  @BeforeAll
  static void start() {
    chromium = Chromium.open();
    live = LiveDesk.demo();
    HasCdp browser = (HasCdp) chromium.driver();
    browser.executeCdpCommand("Network.enable", Map.of());
    browser.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
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

  private static Load load(String page) {
    WebDriver driver = chromium.driver();
    driver.get("about:blank");
    driver.get(live.address() + page);
    Object measured =
        ((JavascriptExecutor) driver)
            .executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                const look = () => {
                  const page = performance.getEntriesByType('navigation')[0];
                  const paint = performance.getEntriesByName('first-contentful-paint')[0];
                  if (!page.loadEventEnd || !paint) {
                    setTimeout(look, 20);
                    return;
                  }
                  const bytes = [page, ...performance.getEntriesByType('resource')]
                    .reduce((sum, one) => sum + one.transferSize, 0);
                  done([page.responseStart, paint.startTime, page.loadEventEnd, bytes]);
                };
                look();""");
    double[] numbers =
        ((List<?>) measured)
            .stream().mapToDouble(number -> ((Number) number).doubleValue()).toArray();
    return new Load(numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  @Test
  void noneWeighsMoreThan150KB() {
    for (String page : PAGES) {
      Load first = load(page);
      assertThat(first.bytes()).as("bytes of %s", page).isBetween(1000.0, (double) MOST_BYTES);
      if (System.getProperty("gapcanary.page-times") != null) {
        print(page, Stream.generate(() -> load(page)).limit(LOADS).toList());
      }
    }
  }

  private static void print(String page, List<Load> loads) {
    System.out.printf(
        Locale.ROOT,
        "%-10s %4.0f KB  first byte %s  painted %s  loaded %s%n",
        page,
        loads.getFirst().bytes() / 1024,
        shown(loads.stream().mapToDouble(Load::firstByte)),
        shown(loads.stream().mapToDouble(Load::painted)),
        shown(loads.stream().mapToDouble(Load::loaded)));
  }

  /** The median and the 95th percentile. */
  private static String shown(DoubleStream millis) {
    double[] sorted = millis.sorted().toArray();
    return Arrays.stream(new double[] {0.5, 0.95})
        .mapToObj(
            share ->
                String.format(
                    Locale.ROOT, "%.0f", sorted[(int) Math.ceil(share * sorted.length) - 1]))
        .reduce((median, high) -> median + " / " + high + " ms")
        .orElseThrow();
  }
}
