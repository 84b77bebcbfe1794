package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordLikenessTest {
  private static final Map<String, Double> QUESTION = Map.of("refund", 0.8, "shipping", 0.6);

  @Test
  void theSameWordsAreAlikeInEveryWay() {
    WordLikeness same = WordLikeness.of(QUESTION, Set.of("refund", "shipping"));
    assertThat(same.coverage()).isEqualTo(1);
    assertThat(same.recall()).isEqualTo(1);
    assertThat(same.overlap()).isEqualTo(1);
  }

  @Test
  void aLongQuestionMayHaveAllOfAShortTitle() {
    WordLikeness title = WordLikeness.of(QUESTION, Set.of("refund"));
    assertThat(title.recall()).isEqualTo(1);
    assertThat(title.coverage()).isCloseTo(0.8 / 1.4, within(1e-9));
  }

  @Test
  void whatTheTextAddsTakesFromAllButCoverage() {
    WordLikeness exact = WordLikeness.of(QUESTION, Set.of("refund"));
    WordLikeness longer = WordLikeness.of(QUESTION, Set.of("refund", "bank", "holiday", "form"));
    assertThat(longer.coverage()).isEqualTo(exact.coverage());
    assertThat(longer.recall()).isLessThan(exact.recall());
    assertThat(longer.overlap()).isLessThan(exact.overlap());
  }

  @Test
  void nothingInCommonIsNoLikeness() {
    assertThat(WordLikeness.of(QUESTION, Set.of("printer"))).isEqualTo(WordLikeness.NONE);
    assertThat(WordLikeness.of(Map.of(), Set.of("printer"))).isEqualTo(WordLikeness.NONE);
  }
}
