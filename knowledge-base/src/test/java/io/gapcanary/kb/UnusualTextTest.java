package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a customer's keyboard, clipboard or cat can put into a text. */
@Tag("slow")
class UnusualTextTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static KnowledgeBase kb;

  @BeforeAll
  static void open(@TempDir Path folder) {
    kb = KnowledgeBase.open(folder);
    kb.putAll(
        List.of(
            article("refund", "Get a refund", "Refunds are paid within five days to your card."),
            article("app", "Install the app", "Install our app from the store, then sign in."),
            article("e404", "Error 404", "The page was moved. Open it from the menu."),
            article("ko-refund", "환불 요청 방법", "주문 내역에서 환불 버튼을 누르면 5일 안에 환불됩니다."),
            article("ko-password", "비밀번호를 바꾸는 방법", "설정에서 비밀번호 변경을 누르고 새 비밀번호를 입력합니다."),
            article("ko-delivery", "배송 조회 방법", "송장 번호로 택배 위치를 확인할 수 있습니다."),
            article("ko-pc", "카카오톡 PC 버전 설치", "PC 버전 카카오톡을 내려받아 설치합니다.")));
  }

  @AfterAll
  static void close() {
    kb.close();
  }

  private static Article article(String id, String title, String body) {
    return Article.builder(id, title, body).build();
  }

  private static Matches ask(String text) {
    return kb.match(Question.of(text, NOW), Scope.ALL);
  }

  private static String best(String text) {
    return ask(text).list().get(0).articleId();
  }

  private static String log() {
    String line = "2026-11-01 09:00:00,123 DEBUG [main] com.example.Sync - polled 17 of 23 items\n";
    return line.repeat(100_000 / line.length() + 1);
  }

  private static String distinctWords() {
    return IntStream.range(0, 20_000)
        .mapToObj(i -> "w" + Integer.toString(i, 36) + "x")
        .collect(Collectors.joining(" "));
  }

  private static String distinctKorean() {
    return IntStream.range(0, 11_000)
        .mapToObj(i -> "" + (char) (0xAC00 + i) + (char) (0xD7A3 - i))
        .collect(Collectors.joining(" "));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        argumentSet("blank", " \t\n\u3000"),
        argumentSet("one emoji", "\uD83D\uDE00"),
        argumentSet("a family of emoji", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\uFE0F"),
        argumentSet("punctuation", "?!... \"'()[]{}*:^~/\\&&||-+"),
        argumentSet("query syntax", "title:* AND (refund~2 OR \"x\"^4 NOT [a TO z])"),
        argumentSet("100 KB of log", log()),
        argumentSet("20,000 distinct words", distinctWords()),
        argumentSet("11,000 distinct Korean words", distinctKorean()),
        argumentSet("100 KB without a blank", "x".repeat(100_000)),
        argumentSet("100 KB of Hangul without a blank", "환불".repeat(50_000)),
        argumentSet("100 KB of brackets", "[](".repeat(33_000)),
        argumentSet("100 KB of quote marks", "> ".repeat(50_000)),
        argumentSet("100 KB of jamo", "ㅋ".repeat(100_000)),
        argumentSet("English function words", "and the of it is for do you"),
        argumentSet("Korean function words", "그래서 그거 그렇게 하면 되나요"),
        argumentSet("digits", "1234567890 42 7"),
        argumentSet("unpaired surrogates", "\uD83D refund \uDE00 \uD800"),
        argumentSet("zero-width characters", "\u200B\u200C\u200D\u2060\uFEFF\u00AD"),
        argumentSet("right-to-left text", "\u202Eأريد استرداد أموالي\u202C من فضلك"),
        argumentSet("NUL and other controls", "re\u0000fund \u0001\u0007\u001B[31m"),
        argumentSet("combining marks", "e" + "\u0301".repeat(5_000)),
        argumentSet("separate jamo", Normalizer.normalize("환불해 주세요", Normalizer.Form.NFD)),
        argumentSet("conjoining jamo that join nothing", "\u1100\u1100\u1161\u11A8\u11A8\u1160"),
        argumentSet("laughter", "ㅋㅋㅋ ㅠㅠ ㄱㅅ ㅇㅇ"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void anyTextCanBeAskedExplainedRememberedAndLearned(String text) {
    Question question = Question.of(text, NOW);
    assertThat(ask(text).answerable()).isBetween(0.0, 1.0);
    assertThat(kb.explain(question, List.of("refund"), Scope.ALL).articles()).isNotEmpty();
    assertThat(kb.sameSubject(question, question)).isBetween(0.0, 1.0);
    kb.remember("odd", question);
    kb.neighbours(question, 5);
    kb.forget(List.of("odd"));
    String said = text.isBlank() ? "a blank text is refused" : text;
    kb.learn(List.of(new AskedAs("odd", "refund", said, "case", NOW)));
    ask(text);
    kb.unlearn(List.of("odd"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void anyTextCanBeAnArticle(String text, @TempDir Path folder) {
    try (KnowledgeBase own = KnowledgeBase.open(folder)) {
      own.put(Article.builder("odd", "Title. " + text, text).tags(List.of(text)).build());
      own.put(article("refund", "Get a refund", "Refunds are paid within five days."));
      assertThat(own.match(Question.of("refund", NOW), Scope.ALL).list())
          .extracting(Match::articleId)
          .contains("refund");
      own.match(Question.of(text, NOW), Scope.ALL);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " \t\n\u3000",
        "\uD83D\uDE00",
        "\u2764\uFE0F",
        "?!...",
        "\u200B\u200C\uFEFF\u2060",
        "\u0000\u0001",
        "and the of it is",
        "그래서 그거는 그렇게 하면 되나요",
        "이거 왜 이래요",
        "1234567890",
        "4032 17",
        "ㅋㅋㅋ",
        "ㅠㅠ ㅜㅜ",
        "ㄱㅅㄱㅅ",
        "ㄳ",
        "ㅇㅇ",
        "\u3164\u115F\u1160",
        "\u1100\u1100",
      })
  void noContentIsTooLittleText(String text) {
    assertThat(ask(text).verdict()).isInstanceOf(Verdict.TooLittleText.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "404",
        "error",
        "refund",
        "환불",
        "왜 환불",
        "where am I?",
        "여기 어디예요?",
        "E-4032",
        "ｒｅｆｕｎｄ",
        "الفاتورة"
      })
  void oneWordIsEnough(String text) {
    assertThat(ask(text).verdict()).isNotInstanceOf(Verdict.TooLittleText.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"환불 요청을 하고 싶어요", "비밀번호 변경이 안 돼요", "카카오톡PC버전 설치", "배송이 안와요 ㅠㅠ"})
  void howHangulIsCodedChangesNothing(String text) {
    Matches composed = ask(text);
    Matches decomposed = ask(Normalizer.normalize(text, Normalizer.Form.NFD));
    assertThat(decomposed.answerable()).isEqualTo(composed.answerable()).isPositive();
    assertThat(decomposed.list()).isEqualTo(composed.list());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "환불 요청|환불\u200B 요\u200D청",
        "환불 요청|\uFEFF환불 요청ㅋㅋㅋ",
        "환불 요청|환불ㅠㅠ 요청ㄳ",
        "get a refund|ｇｅｔ ａ ｒｅｆｕｎｄ",
        "get a refund|get a re\u00ADfund",
        "get a refund|\u202Aget a refund\u202C \uD83D",
      })
  void whatCannotBeSeenChangesNothing(String text, String written) {
    assertThat(ask(written).list()).isEqualTo(ask(text).list());
    assertThat(ask(written).answerable()).isEqualTo(ask(text).answerable());
  }

  @ParameterizedTest
  @CsvSource({
    "환불해주세요,ko-refund",
    "환불요청,ko-refund",
    "환불요청합니다,ko-refund",
    "환불 좀 해줘,ko-refund",
    "비밀번호변경이안돼요,ko-password",
    "배송이안와요언제와요,ko-delivery",
    "카카오톡PC버전,ko-pc"
  })
  void koreanNeedsNoBlanks(String text, String article) {
    assertThat(best(text)).isEqualTo(article);
  }

  @ParameterizedTest
  @CsvSource({
    "ghksqnf dks ehldy,환불 안 되요",
    "GHKSQNF dycjd,환불 요청",
    "ghksqnfgowntpdy,환불해주세요",
    "dkssudgktpdy ghksqnfgowntpdy,안녕하세요 환불해주세요",
    "qlalfqjsgh qusrud,비밀번호 변경",
    "ㅎㅗㅏㄴㅂㅜㄹ,환불",
    "ㄱㄷ려ㅜㅇ,refund",
    "ㅑㅜㄴㅅ미ㅣ the app,install the app",
  })
  void aKeyboardLeftInTheOtherLanguageIsUnderstood(String typed, String meant) {
    assertThat(ask(typed).list()).isEqualTo(ask(meant).list()).isNotEmpty();
    assertThat(ask(typed).answerable()).isEqualTo(ask(meant).answerable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the work is on the fork",
        "how do I go to the rock concert",
        "refund the app",
        "dhfl tjs",
        "환불 go",
        "sos"
      })
  void wordsThatOnlyHappenToMakeSyllablesStay(String text) {
    assertThat(kb.asked(Question.of(text, NOW)).surfaces().values())
        .allMatch(surface -> text.contains(surface));
  }

  @Test
  void aWordThatArticlesUseStaysThoughItsKeysMakeAnother(@TempDir Path folder) {
    try (KnowledgeBase own = KnowledgeBase.open(folder)) {
      own.put(article("ko", "환불 요청 방법", "환불 버튼을 누릅니다."));
      own.put(article("en", "Set up Ghksqnf", "Ghksqnf is a model of ours."));
      assertThat(own.match(Question.of("ghksqnf", NOW), Scope.ALL).list())
          .extracting(Match::articleId)
          .containsExactly("en");
    }
  }
}
