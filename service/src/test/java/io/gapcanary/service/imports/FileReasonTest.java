package io.gapcanary.service.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.exchange.Flaw;
import io.gapcanary.service.text.FlawText;
import io.gapcanary.service.text.Voice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileReasonTest {
  @ParameterizedTest
  @EnumSource
  void everyReasonIsSaidInBothLanguages(FileReason reason) {
    Flaw flaw = reason.flaw("77");
    assertThat(FlawText.say(Voice.ENGLISH, flaw)).isEqualTo(flaw.sentence());
    assertThat(FlawText.say(Voice.KOREAN, flaw)).containsPattern("[가-힣]").doesNotContain("{");
    if (flaw.sentence().contains("77")) {
      assertThat(FlawText.say(Voice.KOREAN, flaw)).contains("77");
    }
  }

  @Test
  void whatNobodyHasWordedIsSaidAsItIs() {
    Flaw flaw = Flaw.of(new IllegalArgumentException("something else"));
    assertThat(FlawText.say(Voice.KOREAN, flaw)).isEqualTo("something else");
  }
}
