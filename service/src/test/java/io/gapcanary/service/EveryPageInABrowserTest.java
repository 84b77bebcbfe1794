package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Message;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.service.access.RouteRules;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.http.LiveDesk;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.interactions.Actions;

/**
 * What holds of every page that {@link RouteRules} lists, by itself also of the next one: WCAG 2.2
 * AA as far as axe can tell, in both languages, light and dark, on a desk and on a phone. With
 * {@code -Dgapcanary.pictures} each is left as a picture in {@code target/pages}.
 */
@Tag("browser")
class EveryPageInABrowserTest {
  private static final Path PICTURES = Path.of("target/pages");
  private static final String PASSWORD = "four plain words here";
  private static final int PHONE = 390;

  /**
   * Chromium takes no picture of more than 16,384 pixels: of a longer page the rest is left out.
   */
  private static final int TALLEST_PICTURE = 16_000;

  /** Parts of a page, downloads, and what shows a gap as its own address does. */
  private static final Set<String> NO_PAGES =
      Set.of(
          "/agent/cases",
          "/gaps/{id}/try",
          "/gaps/{id}/merge",
          "/gaps/{id}/draft.md",
          "/gaps/{id}/to-tell.csv",
          "/sign-in/issuer",
          "/sign-in/issuer/done");

  private static final List<String> ALL =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  /** What the dark can make wrong that was right in the light. */
  private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

  private static Chromium chromium;
  private static LiveDesk live;
  private static ForeignDesk foreign;
  private static String axe;
  private static String key;
  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.open();
    AccessSettings usual = AccessSettings.DEFAULT;
    live =
        LiveDesk.demo(
            new AccessSettings(
                null, usual.sessionLength(), usual.sessionIdle(), 1e6, usual.auditKeep(), null, 0));
    Files.createDirectories(PICTURES);
    try (InputStream script = EveryPageInABrowserTest.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
    String run = filled();
    String gap = authorized("/api/v1/gaps?kind=incomplete").json().at("/gaps/0/id").asText();
    Map<String, String> examples =
        Map.of(
            "/gaps/{id}",
            gap,
            "/gaps/{id}/cases",
            gap,
            "/articles/{id}",
            "KB-1002",
            "/import/{id}",
            run);
    RouteRules.all().keySet().stream()
        .filter(route -> route.startsWith("GET "))
        .map(route -> route.substring(4))
        .filter(path -> !path.matches("/(api|assets|health)/.*|/metrics|/openapi.yaml"))
        .filter(path -> !NO_PAGES.contains(path))
        .forEach(path -> PAGES.put(name(path), path.replace("{id}", example(path, examples))));
    PAGES.put("agent-suggested", "/agent?case=look-1");
    PAGES.put("agent-silent", "/agent?case=look-2");
    PAGES.put("agent-closed", "/agent?case=look-0");
    PAGES.put("gap-missing", "/gaps/gap-1");
    PAGES.put("gap-asked-again", "/gaps/" + gap + "?replay=1");
    PAGES.put("explain-case", "/explain?case=look-1");
    PAGES.put("explain-compared", "/explain?case=look-1&article=KB-1002&article=KB-1006");
    PAGES.put("floor-considered", "/floor?language=en&floor=0.95");
    PAGES.put("impact-considered", "/impact?casesPerWeek=2");
    PAGES.put("desk-by-segment", "/desk?by=segment");
    PAGES.put("desk-cases-listed", "/desk/cases?measure=not-captured");
    PAGES.put("nowhere", "/nowhere");
    live.access().people().add("Mina", Scope.ADMIN, PASSWORD);
    foreign = new ForeignDesk(live, key);
    signIn();
  }

  private static String name(String path) {
    return path.equals("/") ? "first" : path.substring(1).replaceAll("[/{}]+", "-");
  }

  private static String example(String path, Map<String, String> examples) {
    String example = examples.getOrDefault(path, "");
    assertThat(path.contains("{") && example.isEmpty())
        .as("%s needs an example for its parameter here", path)
        .isFalse();
    return example;
  }

  /** Makes of the sample desk one in use; answers the id of an import. */
  private static String filled() {
    key = live.access().keys().create("crm", Scope.MANAGER, "test").key();
    send("/api/v1/cases", "{\"id\":\"look-0\",\"customerId\":\"cu-look\",\"channel\":\"phone\"}");
    says("look-0", "The Wi-Fi is slow in some rooms. How can I improve slow Wi-Fi?");
    send("/api/v1/cases/look-0/articles", "{\"id\":\"KB-1006\",\"action\":\"linked\"}");
    send("/api/v1/cases/look-0/close", "{\"resolution\":\"solved\"}");
    send("/api/v1/cases", "{\"id\":\"look-1\",\"customerId\":\"cu-look\",\"channel\":\"chat\"}");
    says("look-1", "I forgot the Wi-Fi password, how can I see or change the Wi-Fi password?");
    send("/api/v1/cases", "{\"id\":\"look-2\",\"channel\":\"chat\",\"agentId\":\"kim\"}");
    says("look-2", "한국에서 산 제품을 해외에서도 쓸 수 있나요? 전압이 달라도 되나요?");
    openNow();
    flood("The warehouse door reports that it is stuck, again and again");
    flood("배송 조회가 되지 않습니다");
    live.desk().floods().decide("flood-2", true, "Mina");
    send("/api/v1/recalculations", "{\"settings\":{\"repeatWindow\":\"3d\"},\"by\":\"Lee\"}");
    String run =
        send(
                "/api/v1/imports?what=articles&name=articles.jsonl",
                "{\"id\":\"kb-new\",\"title\":\"Return a parcel\",\"body\":\"Print the label.\"}\n{\"id\":1}\n")
            .json()
            .get("id")
            .asText();
    Chromium.await(
        "the recalculation and the import",
        () -> authorized("/api/v1/imports/" + run).json().has("endedAt"));
    return run;
  }

  /** Customers ask at this moment what has a gap, and what has none yet. */
  private static void openNow() {
    send("/api/v1/cases", "{\"id\":\"look-3\",\"channel\":\"chat\"}");
    says("look-3", live.desk().board().find("gap-1").orElseThrow().questions().getFirst());
    List<String> giraffes =
        List.of(
            "How do I feed my giraffe in winter?",
            "What to feed a giraffe in winter?",
            "feed giraffe in winter please");
    for (int i = 0; i < giraffes.size(); i++) {
      send("/api/v1/cases", "{\"id\":\"now-" + i + "\",\"channel\":\"chat\"}");
      says("now-" + i, giraffes.get(i));
    }
    while (live.desk().lookAtOpenCases(100) > 0) {}
    assertThat(live.desk().board().openNow().of("gap-1").cases()).contains("look-3");
    assertThat(live.desk().board().openNow().forming()).isNotEmpty();
  }

  private static void flood(String text) {
    for (int i = 0; i < 33; i++) {
      String id = live.desk().assist().open(CaseOpening.builder().channel("web").build());
      live.desk().assist().hear(id, Message.customer(text));
      live.desk().assist().close(id, Closing.now());
    }
  }

  private static LiveDesk.Answer authorized(String path) {
    return live.send(live.to(path).header("Authorization", "Bearer " + key).GET());
  }

  private static LiveDesk.Answer send(String path, String body) {
    LiveDesk.Answer answer =
        live.send(
            live.to(path)
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer.status()).as("%s: %s", path, answer.body()).isBetween(200, 299);
    return answer;
  }

  private static void says(String id, String text) {
    send("/api/v1/cases/" + id + "/messages", "{\"from\":\"customer\",\"text\":\"" + text + "\"}");
  }

  private static void signIn() {
    open("/sign-in?lang=en");
    driver().findElement(By.id("name")).sendKeys("Mina");
    driver().findElement(By.id("password")).sendKeys(PASSWORD);
    driver().findElement(By.cssSelector("main button.main")).click();
    Chromium.await(
        "the visitor", () -> !driver().findElements(By.cssSelector(".visitor")).isEmpty());
  }

  @AfterAll
  static void stop() {
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

  private static WebDriver driver() {
    return chromium.driver();
  }

  private static Object scripted(String script, Object... values) {
    return ((JavascriptExecutor) driver()).executeScript(script, values);
  }

  private static void open(String path) {
    driver().get(live.address() + path);
  }

  private static void open(String path, String language) {
    open(path + (path.contains("?") ? "&" : "?") + "lang=" + language);
    shown();
    assertThat(driver().findElements(By.cssSelector("main .trouble")).isEmpty())
        .as("%s is a page", path)
        .isNotEqualTo(path.equals("/nowhere"));
  }

  /** Waits for what scripts draw, and opens what can be opened. */
  private static void shown() {
    Chromium.await(
        "the panel",
        () ->
            Boolean.TRUE.equals(
                scripted(
                    "return [...document.querySelectorAll('gapcanary-assist')].every(a => a.shadowRoot?.querySelector('.past:not([hidden])'))")));
    scripted(
        "for (const root of [document, ...[...document.querySelectorAll('gapcanary-assist')].map(a => a.shadowRoot)])"
            + " root.querySelectorAll('details').forEach(d => { d.open = true; });");
  }

  private static void cdp(String command, Map<String, Object> parameters) {
    ((HasCdp) driver()).executeCdpCommand(command, parameters);
  }

  private static void look(boolean dark, int width) {
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            width,
            "height",
            width == PHONE ? 844 : 900,
            "deviceScaleFactor",
            1,
            "mobile",
            false));
  }

  private static void photograph(String name) throws IOException {
    if (System.getProperty("gapcanary.pictures") == null) {
      return;
    }
    List<?> size = (List<?>) scripted("return [innerWidth, document.body.scrollHeight]");
    Map<String, Object> clip =
        Map.of(
            "x", 0,
            "y", 0,
            "width", size.get(0),
            "height", Math.min(((Number) size.get(1)).intValue(), TALLEST_PICTURE),
            "scale", 1);
    Object picture =
        ((HasCdp) driver())
            .executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                    "format", "jpeg", "quality", 80, "captureBeyondViewport", true, "clip", clip))
            .get("data");
    Files.write(
        PICTURES.resolve(name + ".jpg"), Base64.getMimeDecoder().decode(String.valueOf(picture)));
  }

  /** What axe finds by rules or tags: the rule, the element and what is wrong with it. */
  @SuppressWarnings("unchecked")
  private static List<String> violations(List<String> rules) {
    if (Boolean.FALSE.equals(scripted("return 'axe' in window"))) {
      scripted(axe);
    }
    return (List<String>)
        ((JavascriptExecutor) driver())
            .executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                axe.run(document, {
                  runOnly: arguments[0],
                  rules: { 'target-size': { enabled: true } },
                  resultTypes: ['violations'],
                }).then((found) => done(found.violations.flatMap((one) => one.nodes.map((node) =>
                  `${one.id}: ${node.target.flat().join(' >> ')}: ${node.html.slice(0, 160)}: ${node.failureSummary.replace(/\\s+/g, ' ').slice(0, 240)}`))),
                  (error) => done([String(error)]));
                """,
                rules);
  }

  private static List<String> wrong(boolean dark, int room) {
    List<String> wrong = new ArrayList<>(violations(dark ? COLOURS : ALL));
    Object width = scripted("return document.scrollingElement.scrollWidth");
    if (((Number) width).intValue() > room) {
      wrong.add("it is " + width + " px wide in " + room + ": " + scripted(WIDEST));
    }
    return wrong;
  }

  private static final String WIDEST =
      """
      return [...document.querySelectorAll('main *, header *, footer *')]
        .filter((e) => e.getBoundingClientRect().right > document.scrollingElement.clientWidth && !e.closest('.scroll, .wide-table'))
        .map((e) => `${e.tagName}.${e.getAttribute('class')} ${Math.round(e.getBoundingClientRect().right)}`).slice(0, 6).join('; ');
      """;

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko"})
  void everyPageCanBeReadByEverybody(String language) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      look(false, 1280);
      open(page.getValue(), language);
      wrong.addAll(inEveryLook(page.getKey() + "-" + language));
      if (!language.equals(scripted("return document.documentElement.lang"))) {
        wrong.add(page.getKey() + " does not say that it is in " + language);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<String> inEveryLook(String name) throws IOException {
    List<String> all = new ArrayList<>();
    for (int width : new int[] {1280, PHONE}) {
      for (boolean dark : new boolean[] {false, true}) {
        look(dark, width);
        String shown = name + (dark ? "-dark-" : "-light-") + width;
        wrong(dark, width).forEach(one -> all.add(shown + ": " + one));
        photograph(shown);
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko"})
  void whatATrialOfAnArticleShowsAndTheWidgetElsewhereCanBeReadByEverybody(String language)
      throws IOException {
    look(false, 1280);
    open(PAGES.get("gaps-id-"), language);
    driver().findElement(By.cssSelector("form[action*='/try'] button")).click();
    Chromium.await(
        "the trial", () -> !driver().findElements(By.cssSelector(".replay tbody")).isEmpty());
    shown();
    List<String> wrong = inEveryLook("gap-tried-" + language);
    look(false, 1280);
    driver().get(foreign.page("look-1", language));
    Chromium.await(
        "the widget",
        () ->
            Boolean.TRUE.equals(
                scripted(
                    "return document.querySelector('gapcanary-assist')?.shadowRoot?.querySelector('.match') != null")));
    shown();
    wrong.addAll(inEveryLook("widget-" + language));
    assertThat(wrong).isEmpty();
  }

  @Test
  void tabReachesEverythingAndShowsWhereItIs() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      look(false, page.getValue().hashCode() % 2 == 0 ? 1280 : PHONE);
      open(page.getValue(), "en");
      Number stops = (Number) scripted(STOPS);
      new Actions(driver()).sendKeys(Keys.TAB.toString().repeat(stops.intValue() + 20)).perform();
      ((List<?>) scripted(MISSED)).forEach(one -> wrong.add(page.getKey() + ": " + one));
    }
    assertThat(wrong).isEmpty();
  }

  /** Notes what gets the focus, and whether it shows; answers how many should. */
  private static final String STOPS =
      """
      const roots = [document, ...[...document.querySelectorAll('gapcanary-assist')].map((a) => a.shadowRoot)];
      const css = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
      document.activeElement?.blur();
      window.focused = new Map();
      window.stops = roots.flatMap((root) => [...root.querySelectorAll(css)])
        .filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }));
      roots.forEach((root) => root.addEventListener('focusin', (event) => {
        const element = event.composedPath()[0];
        const style = getComputedStyle(element);
        window.focused.set(element, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
      }, true));
      return window.stops.length;
      """;

  private static final String MISSED =
      """
      const told = (e) => e.outerHTML.slice(0, 140);
      return [
        ...window.stops.filter((e) => e.isConnected && !window.focused.has(e)).map((e) => `not reached: ${told(e)}`),
        ...[...window.focused].filter(([e, seen]) => !seen && e !== document.body).map(([e]) => `focus does not show: ${told(e)}`),
      ];
      """;

  @ParameterizedTest
  @ValueSource(strings = {"/", "/agent", "/gaps"})
  void aFirstVisitFetchesLessThan60KilobytesAndUnpacksLessThan160(String path) {
    open(path, "ko");
    assertThat(fetched("encodedBodySize")).isBetween(10_000L, 60_000L);
    assertThat(fetched("decodedBodySize")).isBetween(20_000L, 160_000L);
  }

  private long fetched(String size) {
    Number bytes =
        (Number)
            scripted(
                "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                    + ".reduce((sum, one) => sum + one.%s, 0)".formatted(size));
    return bytes.longValue();
  }
}
