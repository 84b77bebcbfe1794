package io.gapcanary.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.exchange.Flaw;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlawTextTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void everyReasonIsSaidInBothLanguages(Flaw.Reason reason) {
    Flaw flaw = Flaw.of(Flaw.Kind.CASE, "c-7", reason, "zz-1", "zz-2", "zz-3");
    assertThat(FlawText.say(Voice.ENGLISH, flaw)).isEqualTo(flaw.sentence());
    String korean = FlawText.say(Voice.KOREAN, flaw);
    assertThat(korean).containsPattern("[가-힣]").doesNotContain("{");
    for (String named : List.of("c-7", "zz-1", "zz-2", "zz-3")) {
      assertThat(korean.contains(named)).as(named).isEqualTo(flaw.sentence().contains(named));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingThatAFlawIsAboutIsNamedInBothLanguages(Flaw.Kind kind) {
    Flaw flaw = Flaw.of(kind, "x-1", Flaw.Reason.MISSING, "text");
    assertThat(FlawText.say(Voice.ENGLISH, flaw)).startsWith(kind.wireName().replace('-', ' '));
    assertThat(FlawText.say(Voice.KOREAN, flaw)).matches("[가-힣][^:]*: text .*");
  }

  @Test
  void whatItIsAboutIsNamedFromTheOutsideIn() {
    Flaw flaw =
        Flaw.of(
            List.of(new Flaw.Part(Flaw.Kind.CASE, "c-7"), new Flaw.Part(Flaw.Kind.MESSAGE, "2")),
            Flaw.Reason.MISSING,
            "from");
    assertThat(FlawText.say(Voice.KOREAN, flaw)).isEqualTo("상담 c-7, 메시지 2: from 항목이 없습니다");
    assertThat(FlawText.say(Voice.ENGLISH, flaw)).isEqualTo("case c-7, message 2 has no from");
  }
}
