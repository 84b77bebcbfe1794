package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KoreanCorrectionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

  @TempDir Path folder;
  private KnowledgeBase kb;

  @BeforeEach
  void articles() {
    kb = KnowledgeBase.open(folder);
    kb.put(
        Article.builder("refund", "환불 요청 방법", "주문을 취소하고 환불을 요청하세요. 배송비는 돌려받지 못합니다.")
            .language("ko")
            .build());
    kb.put(
        Article.builder("mail", "네이버 메일 설정", "메일 앱에서 네이버 계정의 비밀번호를 바꾸세요. 안읽은 메일이 남습니다.")
            .language("ko")
            .build());
  }

  @AfterEach
  void close() {
    kb.close();
  }

  private AskedText asked(String text) {
    return kb.asked(Question.of(text, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "환 불 요청, 환불 요청",
    "네 이버 메일, 네이버 메일",
    "네이 버메일, 네이버메일",
    "비밀 번호를 바 꾸세요, 비밀번호를 바꾸세요",
  })
  void aBlankWithinAWordIsTakenOut(String typed, String meant) {
    assertThat(asked(typed).terms()).isEqualTo(asked(meant).terms());
  }

  @ParameterizedTest
  @ValueSource(strings = {"환불 요청", "주문 취소 방법", "메일 설정", "프린터 용지 걸림"})
  void wordsThatTheDeskHasOrNoReadingMakesItsOwnStayApart(String typed) {
    assertThat(asked(typed).surfaces().values()).containsExactly(typed.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "환뷸, 환불", // the key beside
    "환부ㄹ, 환불", // a syllable left apart
    "비미번호, 비밀번호", // a key left out
    "황ㄴ불, 환불", // keys in another order
    "네이벼, 네이버", // the key beside
    "빕밀번호, 비밀번호", // a key too many
    "요쳥, 요청",
  })
  void aSlipIsReadAsTheWordOfTheDesk(String typed, String meant) {
    assertThat(asked(typed).terms()).isEqualTo(asked(meant).terms());
  }

  @ParameterizedTest
  @ValueSource(strings = {"최소", "환율", "프린터", "배속"})
  void aWordOfTheDictionaryIsNoSlip(String typed) {
    assertThat(asked(typed).surfaces()).containsKey(typed);
  }

  @Test
  void whatNothingIsLikeStays() {
    assertThat(asked("꿻뚫쀓").bigrams()).containsOnlyKeys("꿻뚫", "뚫쀓");
  }

  @Test
  void aSlipLeadsToTheArticle() {
    Matches matches = kb.match(Question.of("환 뷸 요쳥하고 싶어요", NOW), Scope.ALL);
    assertThat(matches.list().getFirst().articleId()).isEqualTo("refund");
  }
}
