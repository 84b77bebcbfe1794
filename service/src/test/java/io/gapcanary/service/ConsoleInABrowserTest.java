package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.service.http.LiveDesk;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** An agent's work on the sample desk, by keys; customers write over HTTP. */
@Tag("browser")
class ConsoleInABrowserTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final String WIFI =
      "I forgot the Wi-Fi password, how can I see or change the Wi-Fi password?";

  private static Chromium chromium;
  private static LiveDesk live;
  private boolean reading;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.open();
    live = LiveDesk.demo();
    Files.createDirectories(SCREENSHOTS);
  }

  @BeforeEach
  void asUsual() {
    dark(false);
    chromium.resize(1280, 1000);
    driver().get(live.address() + "/assets/gapcanary.svg");
    ((JavascriptExecutor) driver()).executeScript("sessionStorage.clear(); localStorage.clear()");
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

  private static void opened(String id, String rest) {
    assertThat(
            live.post("/api/v1/cases", "{\"id\":\"" + id + "\",\"channel\":\"chat\"" + rest + "}")
                .status())
        .isEqualTo(201);
  }

  private static JsonNode says(String id, String from, String text) {
    LiveDesk.Answer answer =
        live.post(
            "/api/v1/cases/" + id + "/messages",
            "{\"from\":\"" + from + "\",\"text\":\"" + text + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private void open(String id, String language) {
    driver().get(live.address() + "/agent?case=" + id + "&lang=" + language);
    Chromium.await("the panel of " + id, () -> !panel().isEmpty());
  }

  /** What the panel says, empty until it is there. */
  private String panel() {
    return String.valueOf(
        ((JavascriptExecutor) driver())
            .executeScript(
                "return document.querySelector('gapcanary-assist')?.shadowRoot.querySelector('.panel')?.innerText ?? ''"));
  }

  private SearchContext shadow() {
    return driver().findElement(By.cssSelector("gapcanary-assist")).getShadowRoot();
  }

  private List<WebElement> matches() {
    return shadow().findElements(By.cssSelector(".match:not(.gone)"));
  }

  private List<String> shown() {
    return scripted(
        "return [...document.querySelector('gapcanary-assist').shadowRoot.querySelectorAll('.match:not(.gone)')].map(m => m.dataset.article)");
  }

  private boolean keysAreOpen() {
    return scripted(
            "return [String(document.querySelector('gapcanary-assist').shadowRoot.querySelector('.keys').open)]")
        .equals(List.of("true"));
  }

  private void awaitMatch() {
    Chromium.await("a suggestion", () -> !shown().isEmpty());
  }

  private WebElement reply() {
    return driver().findElement(By.cssSelector("textarea.reply"));
  }

  private String written() {
    return reply().getDomProperty("value");
  }

  private void press(CharSequence... keys) {
    new Actions(driver()).sendKeys(String.join("", keys)).perform();
  }

  /** A number that comes just after the suggestions changed is not heard: it is pressed again. */
  private boolean putIn(String number) {
    if (written().isEmpty()) {
      press(number);
    }
    return written().contains("https://");
  }

  private void pressWithAlt(String key) {
    new Actions(driver()).keyDown(Keys.ALT).sendKeys(key).keyUp(Keys.ALT).perform();
  }

  private List<String> listed() {
    return scripted(
        "return [...document.querySelectorAll('#case-list a')].map(a => a.dataset.case)");
  }

  @SuppressWarnings("unchecked")
  private static List<String> scripted(String script) {
    return (List<String>) ((JavascriptExecutor) driver()).executeScript(script);
  }

  private String chosen() {
    return scripted("return [document.querySelector('.console-case').dataset.case]").getFirst();
  }

  private static JsonNode given(String id) {
    return live.get("/api/v1/cases/" + id).json().get("given");
  }

  private static void dark(boolean on) {
    ((HasCdp) driver())
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features",
                List.of(
                    Map.of("name", "prefers-color-scheme", "value", on ? "dark" : "light"),
                    Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  private void photograph(String name) throws IOException {
    chromium.photograph(SCREENSHOTS.resolve(name + ".png"));
  }

  private boolean overflow() {
    return Boolean.TRUE.equals(
        ((JavascriptExecutor) driver())
            .executeScript("return document.documentElement.scrollWidth > window.innerWidth"));
  }

  private void noComplaints() {
    assertThat(driver().manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | I forgot the Wi-Fi password, how can I see or change the Wi-Fi password? | Change your Wi-Fi name or password | KB-1002 | Put into the reply | Where is my parcel? I want to change the delivery address | An article answered.
          ko | 와이파이 비밀번호를 잊어버렸어요. 와이파이 이름이랑 비밀번호 바꾸고 싶어요 | 와이파이 이름·비밀번호 | KB-2002 | 답변에 넣기 | 배송지 변경하고 싶어요. 배송 조회는 어디서 하나요 | 문서로 답했습니다
          """)
  void anAgentsWholeCaseByKeys(
      String language,
      String question,
      String title,
      String article,
      String insert,
      String other,
      String closed)
      throws IOException {
    String first = "w-1-" + language;
    String second = "w-2-" + language;
    opened(first, ",\"customerId\":\"cu-w\"");
    says(first, "customer", language.equals("ko") ? "안녕하세요" : "Hello");
    open(first, language);
    photograph("console-" + language + "-greeting");

    says(first, "customer", question);
    awaitMatch();
    assertThat(panel()).contains(title, insert);
    Chromium.await(
        "the message, unasked",
        () -> driver().findElements(By.cssSelector(".messages .from-customer")).size() == 2);

    opened(second, ",\"agentId\":\"kim\"");
    says(second, "customer", other);
    Chromium.await("the other case, unasked", () -> listed().contains(second));
    assertThat(listed().indexOf(second)).isGreaterThan(listed().indexOf(first));
    photograph("console-" + language + "-suggested");

    Chromium.await("the article in the reply", () -> putIn("1"));
    assertThat(given(first)).as("nothing is given before it is sent").isEmpty();
    String begun = written();
    pressWithAlt("j");
    Chromium.await("the next conversation", () -> !chosen().equals(first));
    while (!chosen().equals(first)) {
      String before = chosen();
      pressWithAlt("k");
      Chromium.await("another conversation", () -> !chosen().equals(before));
    }
    assertThat(written()).as("what was typed").isEqualTo(begun);
    photograph("console-" + language + "-begun");

    reply().sendKeys(Keys.chord(Keys.CONTROL, Keys.ENTER));
    Chromium.await(
        "the reply among the messages",
        () -> !driver().findElements(By.cssSelector(".messages .from-agent")).isEmpty());
    Chromium.await("the empty field", () -> written().isEmpty());
    Chromium.await("what is given", () -> !given(first).isEmpty());
    assertThat(given(first).get(0).asText()).isEqualTo(article);
    Chromium.await(
        "that it is given", () -> !shadow().findElements(By.cssSelector(".yes")).isEmpty());

    chromium.click(".close button");
    Chromium.await(
        "the outcome",
        () ->
            driver().findElements(By.cssSelector(".outcome")).stream()
                .anyMatch(outcome -> outcome.getText().contains(closed)));
    Chromium.await("it is no longer listed", () -> !listed().contains(first));
    photograph("console-" + language + "-closed");
    noComplaints();
  }

  @Test
  void keysThatAreTypedIntoAFieldAreWhatIsTyped() {
    opened("t-1", "");
    says("t-1", "customer", WIFI);
    open("t-1", "en");
    awaitMatch();
    reply().sendKeys("1? 2 3 jk nolqwrsu");
    assertThat(written()).isEqualTo("1? 2 3 jk nolqwrsu");
    assertThat(keysAreOpen()).isFalse();
    assertThat(shown()).isNotEmpty();
    reply().clear();
    reply().click();
    pressWithAlt("1");
    assertThat(written()).contains("https://help.ondurim.example");

    reply().sendKeys(Keys.ESCAPE);
    assertThat(driver().switchTo().activeElement().getTagName()).isEqualTo("body");
    assertThat(written()).as("leaving loses nothing").isNotEmpty();
    press("?");
    assertThat(keysAreOpen()).isTrue();
    scripted(
        "document.querySelector('gapcanary-assist').shadowRoot.querySelector('.keys input').click(); return []");
    press("?");
    String before = written();
    press("1");
    assertThat(written()).as("switched off").isEqualTo(before);
    noComplaints();
  }

  @Test
  void anInternalArticleIsOpenedAndLinkedButNeverPutIntoAReply() throws IOException {
    opened("i-1", "");
    says("i-1", "customer", "상담사 본인 확인 절차가 어떻게 되나요? 본인 확인 방법");
    open("i-1", "ko");
    Chromium.await("the internal article: " + panel(), () -> panel().contains("본인 확인 절차"));
    List<String> internal =
        scripted(
            "const match = document.querySelector('gapcanary-assist').shadowRoot.querySelector('.match[data-article=\"KB-2504\"]');"
                + " return [match.innerText, match.querySelector('a.open').getAttribute('href')]");
    assertThat(internal.getFirst()).contains("내부용").doesNotContain("답변에 넣기", "인용");
    assertThat(internal.getLast()).isNotBlank();
    int number = shown().indexOf("KB-2504") + 1;
    press(String.valueOf(number));
    assertThat(written()).isEmpty();
    assertThat(panel()).contains("고객에게 내용을 보낼 수는 없습니다");
    press("s");
    for (int i = 1; i < number; i++) {
      press(Keys.ARROW_DOWN);
    }
    press("q");
    assertThat(written()).isEmpty();
    photograph("console-ko-internal");
    press("l");
    Chromium.await("that it is linked", () -> given("i-1").toString().contains("KB-2504"));
    noComplaints();
  }

  @Test
  void suggestionsDoNotJumpWhileTheyAreRead() {
    opened("r-1", "");
    says("r-1", "customer", WIFI);
    open("r-1", "en");
    awaitMatch();
    String first = shown().getFirst();
    Chromium.await("the pointer over it", this::pointsAtTheFirst);
    JsonNode now =
        says(
            "r-1",
            "customer",
            "No, sorry, something else. I want to return the product and get a refund. How long does a refund take? Please tell me how to return it and get my money back.");
    assertThat(now.at("/suggestions/0/articleId").asText()).isNotEqualTo(first);
    Chromium.await(
        "the word of newer ones",
        () ->
            pointsAtTheFirst()
                && shadow().findElement(By.cssSelector(".newer")).isDisplayed()
                && shown().getFirst().equals(first));
    press("n");
    Chromium.await(
        "the newer ones",
        () -> shown().getFirst().equals(now.at("/suggestions/0/articleId").asText()));
    noComplaints();
  }

  /** Whoever moves the pointer over it reads. */
  private boolean pointsAtTheFirst() {
    new Actions(driver())
        .moveToElement(matches().getFirst())
        .moveByOffset(reading ? 1 : -1, 0)
        .perform();
    reading = !reading;
    return true;
  }

  @Test
  void aDismissalCanBeTakenBackForAWhileAndIsToldAfterwards() {
    opened("d-1", "");
    says("d-1", "customer", WIFI);
    open("d-1", "en");
    awaitMatch();
    String first = shown().getFirst();
    int shown = shown().size();
    press(Keys.ESCAPE);
    Chromium.await("one less", () -> shown().size() == shown - 1);
    press("u");
    Chromium.await("it is back", () -> shown().size() == shown);
    int before = dismissals(first);
    press(Keys.ESCAPE);
    Chromium.await("it is told", () -> dismissals(first) == before + 1);
    noComplaints();
  }

  private static int dismissals(String article) {
    return live.get("/api/v1/articles/" + article + "/wordings").json().get("dismissals").size();
  }

  @Test
  void whyAnArticleIsSuggestedIsSaidInTheAgentsLanguage() {
    opened("l-1", "");
    JsonNode said = says("l-1", "customer", WIFI);
    assertThat(said.at("/suggestions/0/why/0").asText()).startsWith("Solved it for");
    open("l-1", "ko");
    awaitMatch();
    assertThat(panel())
        .contains("전에 이렇게 물은 고객이 이 문서로 해결했습니다")
        .doesNotContain("Solved it for", "Shares the words");
    noComplaints();
  }

  @Test
  void silenceSaysWhichAgentOneIsWhoOwnsTheGapAndHowItWasSolved() throws IOException {
    String question = "How often does one have to feed a giraffe in the winter months?";
    String gap = "";
    for (int i = 0; i < 3; i++) {
      opened("g-" + i, ",\"customerId\":\"giraffe-" + i + "\"");
      says("g-" + i, "customer", question);
      says("g-" + i, "agent", "Twice a day, with alfalfa hay and some fresh browse on top.");
      LiveDesk.Answer closed =
          live.post("/api/v1/cases/g-" + i + "/close", "{\"resolution\":\"solved\"}");
      gap = closed.json().get("gap").asText();
    }
    String etag = live.get("/api/v1/gaps/" + gap).header("ETag");
    assertThat(
            live.send(
                    live.to("/api/v1/gaps/" + gap)
                        .header("If-Match", etag)
                        .method(
                            "PATCH", HttpRequest.BodyPublishers.ofString("{\"owner\":\"Han\"}")))
                .status())
        .isEqualTo(200);
    opened("s-1", "");
    says("s-1", "customer", question);
    open("s-1", "en");
    Chromium.await("silence: " + panel(), () -> panel().contains("Han"));
    assertThat(panel())
        .contains(
            "Nothing is suggested",
            "You are the 4th to meet this in seven days.",
            "It has an owner: Han.",
            "It was solved 3 times without an article",
            "alfalfa hay");
    photograph("console-silence");
    noComplaints();
  }

  @ParameterizedTest
  @CsvSource({"en", "ko"})
  void theCustomersPastIsThereAtAGlanceAndTheConsoleIsCalmEverywhere(String language)
      throws IOException {
    boolean korean = language.equals("ko");
    String question =
        korean
            ? "방에서 와이파이가 느려요. 와이파이가 자꾸 끊겨요"
            : "The Wi-Fi is slow in some rooms. How can I improve slow Wi-Fi?";
    String article = korean ? "KB-2006" : "KB-1006";
    opened(
        "p-1-" + language, ",\"customerId\":\"cu-p" + language + "\",\"product\":\"Ondurim Hub\"");
    says("p-1-" + language, "customer", question);
    live.post(
        "/api/v1/cases/p-1-" + language + "/articles",
        "{\"id\":\"" + article + "\",\"action\":\"linked\"}");
    live.post("/api/v1/cases/p-1-" + language + "/close", "{\"resolution\":\"solved\"}");
    for (int i = 0; i < 4; i++) {
      opened("o-" + i + language, ",\"agentId\":\"kim\"");
      says(
          "o-" + i + language,
          "customer",
          korean ? "세금계산서 발급해 주세요 " + i : "I need an invoice, number " + i);
      if (i == 1) {
        says("o-1" + language, "agent", korean ? "잠시만 기다려 주세요" : "One moment please");
      }
    }
    opened("p-2-" + language, ",\"customerId\":\"cu-p" + language + "\"");
    says("p-2-" + language, "customer", question);
    open("p-2-" + language, language);
    awaitMatch();
    assertThat(shown().getFirst()).as("before what hardly answers").isEqualTo(article);
    String expected = korean ? "이 고객에게 이미 안내한 문서입니다" : "This customer was given this on ";
    Chromium.await("the warning", () -> panel().contains(expected));
    assertThat(panel()).contains(korean ? "이 고객의 지난 상담" : "This customer before: one contact");
    assertThat(panel()).contains(korean ? "안내한 문서: 방에서" : "Given: Improve slow Wi-Fi");
    chromium.resize(1280, 1500);
    photograph("console-" + language);
    dark(true);
    photograph("console-" + language + "-dark");
    chromium.resize(390, 2900);
    assertThat(overflow()).isFalse();
    photograph("console-" + language + "-phone-dark");
    dark(false);
    photograph("console-" + language + "-phone");
    press("?");
    chromium.resize(1280, 2000);
    photograph("console-" + language + "-keys");
    noComplaints();
  }
}
