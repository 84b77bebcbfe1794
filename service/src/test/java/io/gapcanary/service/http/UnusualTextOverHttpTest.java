package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.gapcanary.exchange.DeskJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Map;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever text a client sends, the answer is an answer. */
@Tag("slow")
class UnusualTextOverHttpTest {
  private static LiveDesk live;

  @BeforeAll
  static void start(@TempDir Path folder) {
    live = LiveDesk.on(folder);
    live.put(
        "/api/v1/articles/refund",
        "{\"title\":\"Get a refund\",\"body\":\"Refunds are paid within five days.\"}");
    live.put(
        "/api/v1/articles/ko-refund",
        "{\"title\":\"환불 요청 방법\",\"body\":\"주문 내역에서 환불 버튼을 누르면 5일 안에 환불됩니다.\"}");
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        argumentSet("blank", " \t\u3000", true),
        argumentSet("an emoji", "\uD83D\uDE00", true),
        argumentSet("punctuation", "?!... '()[]{}*:^~/\\&|", true),
        argumentSet("English function words", "and the of it is", true),
        argumentSet("Korean function words", "그래서 그거는 그렇게 하면 되나요", true),
        argumentSet("digits", "17 42", true),
        argumentSet("laughter", "ㅋㅋㅋ ㅠㅠ", true),
        argumentSet("zero-width characters", "\u200B\u2060\uFEFF", true),
        argumentSet("controls", "\u0000\u0001\u001B", true),
        argumentSet("a greeting on the other layout", "dkssudgktpdy", true),
        argumentSet("a greeting in separate jamo", nfd("안녕하세요"), true),
        argumentSet("unpaired surrogates", "\uD83D refund \uDE00", false),
        argumentSet("NUL in a word", "refund\u0000refund", false),
        argumentSet("right to left", "\u202Eاسترداد\u202C", false),
        argumentSet("separate jamo", nfd("환불해주세요"), false),
        argumentSet("full-width Latin", "ｒｅｆｕｎｄ", false),
        argumentSet("the other layout", "ghksqnf dycjd", false));
  }

  private static String nfd(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }

  private static LiveDesk.Answer say(String text) {
    String id = live.post("/api/v1/cases", "{}").json().get("id").asText();
    String message = DeskJson.line(Map.of("from", "customer", "text", text));
    LiveDesk.Answer answer = live.post("/api/v1/cases/" + id + "/messages", message);
    assertThat(live.get("/api/v1/cases/" + id + "/suggestions").status()).isEqualTo(200);
    LiveDesk.Answer closed = live.post("/api/v1/cases/" + id + "/close", "{}");
    assertThat(closed.status()).isEqualTo(200);
    assertThat(closed.json().get("outcome").asText())
        .isEqualTo(answer.json().get("verdict").asText());
    return answer;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyMessageHasItsVerdict(String text, boolean tooLittle) {
    LiveDesk.Answer answer = say(text);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("verdict").asText().equals("too-little-text"))
        .isEqualTo(tooLittle);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyQueryHasItsVerdict(String text, boolean tooLittle) {
    String query = URLEncoder.encode(text, StandardCharsets.UTF_8);
    LiveDesk.Answer answer = live.get("/api/v1/suggestions?q=" + query);
    assertThat(answer.status()).as(text).isIn(200, 400);
    if (answer.status() == 200) {
      assertThat(answer.json().get("verdict").asText().equals("too-little-text"))
          .isEqualTo(tooLittle);
    }
  }

  @Test
  void hundredKilobytesOfLogAreAMessage() {
    String line = "2026-11-02 09:00:00 DEBUG com.example.Job - polled 17 of 23 items\n";
    LiveDesk.Answer answer = say("How do I get a refund?\n" + line.repeat(1_500));
    assertThat(answer.json().get("suggestions").get(0).get("articleId").asText())
        .isEqualTo("refund");
  }

  @Test
  void twentyThousandDistinctWordsAreAMessage() {
    String words =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "w" + Integer.toString(i, 36))
            .collect(Collectors.joining(" "));
    assertThat(say(words).status()).isEqualTo(200);
  }

  @Test
  void theOtherLayoutFindsTheArticle() {
    assertThat(say("ghksqnf dycjd").json().get("suggestions").get(0).get("articleId").asText())
        .isEqualTo("ko-refund");
  }
}
