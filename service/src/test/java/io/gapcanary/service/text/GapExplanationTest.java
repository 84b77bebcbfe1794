package io.gapcanary.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Gap;
import io.gapcanary.service.SmallGap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GapExplanationTest {
  private static String why(Gap.State state, Voice voice) {
    return GapExplanation.why(SmallGap.in(state), voice, UnaryOperator.identity());
  }

  @Test
  void aVerifiedGapIsNotSaidToBeThereStill() {
    assertThat(why(Gap.State.OPEN, Voice.ENGLISH)).startsWith("One case asks this");
    assertThat(why(Gap.State.VERIFIED, Voice.ENGLISH))
        .isEqualTo(
            "Fixed, as evidence shows. It was raised because: One case asks this and no article answers.");
    assertThat(why(Gap.State.VERIFIED, Voice.KOREAN)).startsWith("해결이 확인되었습니다.");
  }
}
