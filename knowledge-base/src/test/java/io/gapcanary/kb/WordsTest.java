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
