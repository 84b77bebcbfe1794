package io.gapcanary.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Gap;
import io.gapcanary.service.SmallGap;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private static String spoken(String... questions) {
    return Examples.spoken(SmallGap.in(Gap.State.OPEN, questions));
  }

  @Test
  void anExampleIsOneMessageAndNotAWholeConversation() {
    assertThat(spoken("email on file should be\nwhere did port forwarding go in 4.0\nunlocked!"))
        .isEqualTo("where did port forwarding go in 4.0");
  }

  @Test
  void anExampleIsNeitherAWordNorALetter() {
    assertThat(spoken("printer?", "x".repeat(121), "my printer is offline"))
        .isEqualTo("my printer is offline");
    assertThat(spoken("printer?")).isNull();
  }
}
