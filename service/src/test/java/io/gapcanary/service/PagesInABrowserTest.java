package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.http.LiveDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.logging.LogType;

/**
 * A visit to the sample desk, typed and clicked; what was seen is left in {@code
 * target/screenshots}.
 */
@Tag("browser")
class PagesInABrowserTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static Chromium chromium;
  private static LiveDesk live;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.open();
    live = LiveDesk.demo();
    Files.createDirectories(SCREENSHOTS);
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

  private static void open(String path) {
    driver().get(live.address() + path);
  }

  private static void waitForText(String css, String... wanted) {
    for (String text : wanted) {
      chromium.awaitText(css, text);
    }
  }

  private static void waitFor(String css) {
    chromium.awaitThere(css);
  }

  private static void typedAsCustomer(String text) {
    driver().findElement(By.id("text")).sendKeys(text);
    driver().findElement(By.cssSelector(".say button[value=customer]")).click();
    waitFor(".messages .from-customer");
  }

  private static void dark(boolean on) {
    ((HasCdp) driver())
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", on ? "dark" : "light"))));
  }

  private static void photograph(String name) throws IOException {
    chromium.photograph(SCREENSHOTS.resolve(name + ".png"));
  }

  @Test
  void aVisitorTypesInEnglishAndSeesSuggestionsAndGaps() throws IOException {
    chromium.resize(1280, 1400);
    open("/?lang=en");
    assertThat(driver().findElement(By.tagName("h1")).getText())
        .contains("heard in the conversation");
    assertThat(driver().findElements(By.cssSelector(".gaps .gap"))).isNotEmpty();
    photograph("first-en");

    typedAsCustomer("I forgot the Wi-Fi password, how can I see or change the Wi-Fi password?");
    waitForText("#suggestions", "Change your Wi-Fi name or password", "answers with");
    photograph("first-en-suggestions");

    chromium.click("#suggestions button[value=linked]");
    waitFor("#suggestions .given");
    chromium.click(".close button");
    waitForText(".outcome", "An article answered.");
    photograph("first-en-closed");
    noComplaints();
  }

  @Test
  void aVisitorTypesInKoreanAndSeesSuggestionsAndGaps() throws IOException {
    chromium.resize(1280, 1400);
    open("/?lang=ko");
    assertThat(driver().findElement(By.tagName("h1")).getText()).contains("지식 베이스의 빈틈");
    assertThat(driver().findElements(By.cssSelector(".gaps .gap"))).isNotEmpty();
    photograph("first-ko");

    typedAsCustomer("와이파이 비밀번호를 잊어버렸어요. 와이파이 이름이랑 비밀번호 바꾸고 싶어요");
    waitFor("#suggestions .match, #suggestions .silence");
    photograph("first-ko-suggestions");
    noComplaints();
  }

  @Test
  void suggestionsAppearWhileTheCustomerIsTyping() {
    chromium.resize(1280, 1000);
    open("/agent?lang=en");
    driver()
        .findElement(By.id("text"))
        .sendKeys("I forgot the Wi-Fi password, how can I change the Wi-Fi password?");
    waitForText("#suggestions .match", "Wi-Fi");
    assertThat(driver().findElements(By.cssSelector(".messages"))).isEmpty();
  }

  @Test
  void everyPageIsReadableWideAndNarrowLightAndDark() throws IOException {
    for (String path :
        new String[] {
          "/gaps",
          "/gaps/gap-1",
          "/gaps/held-back",
          "/gaps/floods",
          "/impact",
          "/articles",
          "/articles/KB-1002",
          "/desk",
          "/agent"
        }) {
      for (String language : new String[] {"en", "ko"}) {
        open(path + "?lang=" + language);
        chromium.resize(1280, 1200);
        photograph(path.substring(1).replace('/', '-') + "-" + language);
        chromium.resize(390, 844);
        assertThat(overflow()).as("%s in %s is no wider than a phone", path, language).isFalse();
        photograph(path.substring(1).replace('/', '-') + "-" + language + "-phone");
      }
    }
    dark(true);
    chromium.resize(1280, 1200);
    open("/?lang=en");
    photograph("first-en-dark");
    open("/gaps/gap-1?lang=ko");
    photograph("gaps-gap-1-ko-dark");
    dark(false);
    chromium.resize(390, 844);
    open("/?lang=ko");
    assertThat(overflow()).isFalse();
    photograph("first-ko-phone");
    noComplaints();
  }

  @Test
  void aManagerSeesWhyAnArticleIsSuggestedAndWhyAnotherIsNotFirst() throws IOException {
    chromium.resize(1280, 1600);
    open("/?lang=en");
    typedAsCustomer("I forgot the Wi-Fi password, how can I see or change the Wi-Fi password?");
    chromium.click("#suggestions .match a[href*='/explain?']");
    waitForText("h1", "Why these suggestions");
    waitForText("blockquote", "forgot the Wi-Fi password");
    assertThat(texts(".weights th[scope=row]")).noneMatch(label -> label.matches("[a-z-]+"));
    photograph("explain-en");

    driver().findElements(By.cssSelector(".matches .match .button")).getLast().click();
    waitForText(".comparison .decided", "stands before", "mostly");
    assertThat(texts(".comparison tbody tr")).hasSizeGreaterThan(5);
    photograph("explain-en-comparison");
    String before = driver().findElement(By.cssSelector("blockquote")).getText();

    driver().findElement(By.cssSelector("a.language")).click();
    waitForText(".comparison .decided", "앞선 가장 큰 이유");
    assertThat(driver().findElement(By.cssSelector("blockquote")).getText()).isEqualTo(before);
    photograph("explain-ko-comparison");
    chromium.resize(390, 2600);
    assertThat(overflow()).isFalse();
    photograph("explain-ko-comparison-phone");
    open("/explain?lang=ko&q=와이파이%20비밀번호를%20바꾸고%20싶어요");
    assertThat(texts(".matches .match")).isNotEmpty();
    assertThat(overflow()).isFalse();
    photograph("explain-ko-phone");
    open("/explain?lang=en&q=Do%20you%20breed%20giraffes");
    assertThat(driver().findElement(By.cssSelector(".verdict")).getText())
        .contains("Not surely enough");
    assertThat(overflow()).isFalse();
    photograph("explain-en-silence-phone");
    noComplaints();
  }

  private static List<String> texts(String css) {
    return driver().findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
  }

  @Test
  void aManagerSeesWhatAnotherFloorWouldChangeSetsItAndLeavesItToTheProductAgain()
      throws IOException {
    for (String language : new String[] {"en", "ko"}) {
      chromium.resize(1280, 1400);
      open("/floor?lang=" + language + "&language=" + language);
      assertThat(texts(".weights tr.chosen")).hasSize(1);
      photograph("floor-" + language);
      String own = driver().findElement(By.cssSelector(".floors tr.chosen")).getText();

      considered("0.95");
      waitFor(".change ul");
      assertThat(texts(".change ul").getFirst()).containsPattern("\\d");
      assertThat(texts(".change .examples-of-change a[href*='/agent?case=']")).isNotEmpty();
      assertThat(driver().findElement(By.cssSelector(".floors tr.chosen")).getText())
          .isEqualTo(own);
      photograph("floor-" + language + "-considered");
      chromium.resize(390, 2600);
      assertThat(overflow()).isFalse();
      photograph("floor-" + language + "-considered-phone");

      driver().findElement(By.cssSelector(".change form button.main")).click();
      waitFor("button[name=reset]");
      assertThat(driver().findElement(By.cssSelector(".floors tr.chosen")).getText())
          .contains("0.95", "manager");
      chromium.resize(1280, 1400);
      photograph("floor-" + language + "-set");
      driver().findElement(By.cssSelector("button[name=reset]")).click();
      chromium.awaitGone("button[name=reset]");
      waitFor(".history li + li");
      assertThat(driver().findElement(By.cssSelector(".floors tr.chosen")).getText())
          .isEqualTo(own);
    }
    noComplaints();
  }

  @Test
  void aManagerReadsTheDraftTriesItSeesWhomToTellAndAssignsTheGap() throws IOException {
    for (String language : new String[] {"en", "ko"}) {
      chromium.resize(1280, 3400);
      open("/gaps?lang=" + language + "&kind=incomplete");
      driver().findElement(By.cssSelector(".gap-title a")).click();
      waitFor("#draft");
      driver().findElements(By.cssSelector("details > summary")).forEach(WebElement::click);
      assertThat(driver().findElement(By.cssSelector(".draft ol")).getText()).contains("c-1");
      assertThat(texts(".told tbody tr")).isNotEmpty();
      photograph("gap-" + language + "-work");
      driver().findElement(By.cssSelector("form[action*='/try'] button")).click();
      waitFor(".replay tbody tr");
      assertThat(texts(".replay thead th")).hasSize(3);
      photograph("gap-" + language + "-tried");
      chromium.resize(390, 3400);
      assertThat(overflow()).isFalse();
      photograph("gap-" + language + "-tried-phone");
      chromium.resize(1280, 3400);
      WebElement owner = driver().findElement(By.id("owner"));
      owner.clear();
      owner.sendKeys("Mina " + language);
      driver().findElement(By.cssSelector("#change + form button.main")).click();
      waitForText(".labels .owner", "Mina " + language);
      assertThat(texts(".history li")).anyMatch(said -> said.contains("Mina " + language));
      photograph("gap-" + language + "-assigned");
    }
    noComplaints();
  }

  private static void considered(String floor) {
    WebElement field = driver().findElement(By.id("floor"));
    field.clear();
    field.sendKeys(floor);
    driver().findElement(By.cssSelector("form[method=get] button")).click();
  }

  @Test
  void aManagerBringsInAWholeFolder(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("help/printers"));
    Files.writeString(folder.resolve("help/first.md"), "# Unpack it\n\nCut the tape.");
    Files.writeString(folder.resolve("help/printers/first.md"), "# Load paper\n\nOpen the drawer.");
    Files.write(folder.resolve("help/printers/paper.png"), new byte[] {1});
    open("/import?lang=en");
    driver()
        .findElement(By.id("article-folder"))
        .sendKeys(folder.resolve("help").toAbsolutePath().toString());
    chromium.click("form:has(#article-folder) button.main");
    waitForText(".import-state", "Done");
    assertThat(texts(".facts dd").getFirst()).isEqualTo("2");
    noComplaints();
  }

  @Test
  void aManagerRemovesAWordingThatMisleads() throws IOException {
    chromium.resize(1280, 1400);
    open("/articles/KB-1002?lang=ko");
    int before = texts(".wordings li").size();
    assertThat(before).isPositive();
    photograph("article-wordings-ko");
    WebElement first = driver().findElement(By.cssSelector(".wordings li"));
    String removed = first.findElement(By.tagName("p")).getText();
    String id = first.findElement(By.tagName("button")).getAttribute("value");
    first.findElement(By.tagName("button")).click();
    chromium.awaitGone(".wordings button[value='" + id + "']");
    waitFor("#learned");
    assertThat(texts(".wordings li p")).doesNotContain(removed);
    chromium.resize(390, 2600);
    open("/articles/KB-1002?lang=en");
    assertThat(overflow()).isFalse();
    photograph("article-wordings-en-phone");
    noComplaints();
  }

  @Test
  void aManagerFollowsAFigureToItsCasesAndWeighsASegment() throws IOException {
    chromium.resize(1280, 2600);
    open("/desk?lang=en&by=segment");
    assertThat(texts(".time-chart svg circle title")).hasSizeGreaterThan(10);
    assertThat(driver().findElement(By.cssSelector(".health-table .sum")).getText())
        .contains("All");
    photograph("desk-by-segment-en");
    driver()
        .findElement(
            By.cssSelector(".health-table a[href*='measure=not-captured'][href*='segment=']"))
        .click();
    waitForText("h1", "nobody wrote it down");
    assertThat(texts(".case-list li a[href*='/agent?case=']")).isNotEmpty();
    photograph("desk-cases-en");

    open("/gaps?lang=ko");
    String first = driver().findElement(By.cssSelector(".gap-title")).getText();
    assertThat(texts(".pareto svg a")).hasSizeGreaterThan(5);
    assertThat(texts(".rank-why"))
        .allSatisfy(why -> assertThat(why).contains("다음 공백보다 앞"))
        .anySatisfy(why -> assertThat(why).startsWith("다음 공백보다 앞선 이유"));
    open("/impact?lang=ko");
    WebElement business = driver().findElement(By.id("segment-business"));
    business.clear();
    business.sendKeys("50");
    driver().findElement(By.cssSelector("form[method=get] button.main")).click();
    chromium.click("form[method=post] button.main");
    waitForText(".history li", "business 50");
    chromium.resize(390, 2600);
    assertThat(overflow()).isFalse();
    photograph("impact-ko-decided-phone");
    driver().findElement(By.cssSelector("button[name=reset]")).click();
    waitFor(".history li + li");
    open("/gaps?lang=ko");
    assertThat(driver().findElement(By.cssSelector(".gap-title")).getText()).isEqualTo(first);
    noComplaints();
  }

  private static boolean overflow() {
    return Boolean.TRUE.equals(
        ((org.openqa.selenium.JavascriptExecutor) driver())
            .executeScript("return document.documentElement.scrollWidth > window.innerWidth"));
  }

  /** A browser complains of scripts that fail and of what the policy forbids. */
  private static void noComplaints() {
    assertThat(driver().manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }
}
