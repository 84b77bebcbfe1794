package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DubeolsikTest {
  @ParameterizedTest
  @CsvSource({
    "dkssudgktpdy,안녕하세요",
    "ghksqnf,환불",
    "dhkdy,와요",
    "dlfrdj,읽어",
    "dksgdk,않아",
    "djqtdj,없어",
    "dkwldhs,아지온",
    "gkrry,학교",
    "dntek,웃다",
    "dnlcl,위치",
    "RhcdmfEk,꽃을따",
    "dOrl,얘기",
    "GKSRMF,한글",
    "ekfr,닭"
  })
  void keysMakeSyllables(String latin, String hangul) {
    assertThat(Dubeolsik.hangul(latin)).contains(hangul);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "refund", "help", "app", "k", "g", "gks1", "cafe\u0301", "asdf", "hi"})
  void whatDoesNotMakeWholeSyllablesIsNothing(String latin) {
    assertThat(Dubeolsik.hangul(latin)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ㅗ디ㅔ,help", "ㅔㅁㄴㄴ잭ㅇ,password", "환불,ghksqnf", "닭,ekfr", "위치 no 1,dnlcl no 1"})
  void syllablesAreTypedOnKeys(String hangul, String latin) {
    assertThat(Dubeolsik.latin(hangul)).isEqualTo(latin);
  }

  @Test
  void everySyllableComesBackFromItsKeys() {
    for (char c = 0xAC00; c <= 0xD7A3; c++) {
      String syllable = String.valueOf(c);
      assertThat(Dubeolsik.hangul(Dubeolsik.latin(syllable))).contains(syllable);
    }
  }
}
