package io.gapcanary.gaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gapcanary.Share;
import org.junit.jupiter.api.Test;

class DifficultyTest {
  private static final Share DESK = Share.of(300, 1000);

  @Test
  void aHardSubjectIsNotBlamedOnItsArticle() {
    assertThat(Difficulty.of(Share.of(36, 60), DESK, 0.1)).isCloseTo(1.75, within(0.01));
  }

  @Test
  void fewCustomersWithoutTheArticleSayLittle() {
    assertThat(Difficulty.of(Share.of(2, 2), DESK, 0.1)).isCloseTo(1.21, within(0.01));
    assertThat(Difficulty.of(Share.of(0, 0), DESK, 0.1)).isEqualTo(1);
  }

  @Test
  void anEasySubjectMakesItsArticleLookNoWorse() {
    assertThat(Difficulty.of(Share.of(0, 60), DESK, 0.1)).isEqualTo(1);
  }

  @Test
  void whereAgentsAnswerWithoutLinkingItSaysNothing() {
    assertThat(Difficulty.of(Share.of(36, 60), DESK, 0.2)).isEqualTo(1);
  }

  @Test
  void noSubjectExcusesMoreThanTwice() {
    assertThat(Difficulty.of(Share.of(500, 500), DESK, 0.1)).isEqualTo(2);
  }
}
