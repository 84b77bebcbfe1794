package io.gapcanary.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Gap;
import io.gapcanary.service.SmallGap;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapStepTest {
  private static Gap gap(Gap.Kind kind, Gap.Remedy remedy, List<String> versions) {
    Gap small = SmallGap.in(Gap.State.OPEN, "How?");
    return new Gap(
        small.id(),
        small.state(),
        remedy,
        kind,
        small.title(),
        List.of("ko", "fr"),
        versions,
        small.cases(),
        small.customers(),
        kind == Gap.Kind.MISSING ? null : "kb-1",
        small.relatedArticles(),
        small.questions(),
        small.firstSeen(),
        small.lastSeen(),
        small.detectedAt(),
        small.impact(),
        null,
        List.of(),
        null,
        1,
        List.of());
  }

  @Test
  void aSupersededGapNamesTheVersions() {
    Gap one = gap(Gap.Kind.SUPERSEDED, Gap.Remedy.ARTICLE, List.of("3.1"));
    assertThat(GapStep.say(one, Voice.ENGLISH))
        .isEqualTo("Update the article for version 3.1, or write one for it.");
    Gap several = gap(Gap.Kind.SUPERSEDED, Gap.Remedy.ARTICLE, List.of("3.1", "4", "3.2"));
    assertThat(GapStep.say(several, Voice.ENGLISH))
        .isEqualTo("Update the article for versions 3.1, 4, 3.2, or write one for them.");
    assertThat(GapStep.say(several, Voice.KOREAN)).isEqualTo("버전 3.1, 4, 3.2에 맞게 문서를 고치거나 새로 쓰세요.");
    Gap unknown = gap(Gap.Kind.SUPERSEDED, Gap.Remedy.ARTICLE, List.of());
    assertThat(GapStep.say(unknown, Voice.ENGLISH)).contains("customers’ versions");
  }

  @Test
  void anUntranslatedGapNamesTheLanguages() {
    Gap gap = gap(Gap.Kind.UNTRANSLATED, Gap.Remedy.ARTICLE, List.of());
    assertThat(GapStep.say(gap, Voice.ENGLISH)).isEqualTo("Translate the article into Korean, fr.");
    assertThat(GapStep.say(gap, Voice.KOREAN)).isEqualTo("문서를 한국어, fr로 번역하세요.");
  }

  @Test
  void everyKindAndRemedyHasWordsWhileSomethingIsToBeDone() {
    for (Voice voice : Voice.all()) {
      for (Gap.Kind kind : Gap.Kind.values()) {
        for (Gap.Remedy remedy : Gap.Remedy.values()) {
          assertThat(GapStep.say(gap(kind, remedy, List.of()), voice)).isNotBlank();
        }
      }
      assertThat(GapStep.say(SmallGap.in(Gap.State.PUBLISHED, "How?"), voice)).isNull();
    }
  }
}
