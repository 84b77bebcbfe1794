package io.gapcanary.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.GapCase;
import io.gapcanary.GapSignals;
import io.gapcanary.Outcome;
import io.gapcanary.kb.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalTextTest {
  private static GapSignals mixed() {
    Map<String, Integer> noMatch = new LinkedHashMap<>();
    noMatch.put("no-article", 1200);
    noMatch.put("below-floor", 2);
    return new GapSignals(1300, noMatch, 3, 4, 1, 5, 6);
  }

  @Test
  void whatTheCasesShowIsCountedInBothLanguages() {
    assertThat(SignalText.of(mixed(), Voice.ENGLISH))
        .containsExactly(
            "1,202 cases found no article (none about it: 1,200, none close enough: 2)",
            "3 were given an article",
            "in 4 the agent dismissed an article",
            "1 was solved without an article (known, not captured)",
            "5 were escalated",
            "6 were not solved");
    assertThat(SignalText.of(mixed(), Voice.KOREAN))
        .containsExactly(
            "문서를 찾지 못함 1,202건(관련 문서 없음 1,200건, 충분히 가까운 문서 없음 2건)",
            "문서를 안내함 3건",
            "상담원이 문서가 맞지 않다고 함 4건",
            "문서 없이 해결(답은 알지만 문서로 남기지 않음) 1건",
            "이관 5건",
            "미해결 6건");
  }

  @Test
  void whatNoCaseShowsIsNotSaid() {
    GapSignals none = new GapSignals(2, Map.of(), 0, 0, 0, 0, 2);
    assertThat(SignalText.of(none, Voice.ENGLISH)).containsExactly("2 were not solved");
    assertThat(SignalText.of(new GapSignals(0, Map.of(), 0, 0, 0, 0, 0), Voice.KOREAN)).isEmpty();
  }

  private static GapCase closed(Outcome.Kind outcome, @Nullable String reason) {
    return new GapCase("c", Instant.EPOCH, "?", outcome, reason, List.of(), List.of(), null, null);
  }

  @Test
  void everyOutcomeAndReasonHasWords() {
    for (Voice voice : Voice.all()) {
      for (Outcome.Kind outcome : Outcome.Kind.values()) {
        assertThat(SignalText.outcome(closed(outcome, null), voice)).isNotBlank();
      }
      for (Verdict.Reason reason : Verdict.Reason.values()) {
        assertThat(SignalText.outcome(closed(Outcome.Kind.NO_MATCH, reason.wireName()), voice))
            .doesNotEndWith(": " + reason.wireName());
      }
    }
    assertThat(SignalText.outcome(closed(Outcome.Kind.NO_MATCH, "other-version"), Voice.ENGLISH))
        .isEqualTo("No article: only for another version");
  }
}
