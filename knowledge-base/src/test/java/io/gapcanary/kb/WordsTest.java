package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  private final Words words = new Words();

  @Test
  void englishIsStemmedAndSmallWordsGo() {
    assertThat(words.terms("Please, the parcels are tracked", "en"))
        .containsExactly("parcel", "track");
  }

  @Test
  void koreanParticlesAndEndingsGo() {
    assertThat(words.terms("비밀번호를 변경하고 싶습니다", "ko")).contains("비밀", "번호", "변경").doesNotContain("를");
  }

  @Test
  void koreanAdverbsStayForTheyTurnAQuestionRound() {
    assertThat(words.terms("로그인이 안 됩니다", "ko")).contains("로그인", "안");
    assertThat(words.terms("문자를 못 받았어요", "ko")).contains("문자", "못", "받");
  }

  @Test
  void requestsMeetHoweverTheyAreWritten() {
    assertThat(words.terms("환불해주세요", "ko")).contains("환불");
    assertThat(words.terms("환불요청합니다", "ko")).contains("환불", "요청");
    assertThat(words.terms("환불 요청", "ko")).containsExactly("환불", "요청");
    assertThat(words.terms("카카오톡PC버전", "ko")).contains("카카오", "pc", "버전");
  }

  @Test
  void looseJamoJoinNoSyllable() {
    assertThat(Words.normalise("감사ㄳ 안되네ㅠㅠ")).isEqualTo("감사  안되네  ");
  }

  @Test
  void otherLanguagesKeepTheirWords() {
    assertThat(words.terms("Die Rechnungen", "de")).containsExactly("die", "rechnungen");
  }

  @Test
  void aTermRemembersTheWordItCameFrom() {
    assertThat(words.surfaces("Invoices lost", "en")).containsEntry("invoic", "Invoices");
  }

  @Test
  void syllablePairsCrossBlanksAndNothingElse() {
    assertThat(words.bigrams("환불 요청")).containsExactly("환불", "불요", "요청");
    assertThat(words.bigrams("환불, 요청")).containsExactly("환불", "요청");
  }

  @Test
  void normalisingComposesAndDropsHalfCharacters() {
    assertThat(Words.normalise("한 ＡＢＣ \uD800")).isEqualTo("한 ABC ");
  }
}
