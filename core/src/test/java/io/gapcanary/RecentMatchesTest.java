package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentMatchesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
  private static final Question QUESTION = Question.of("Where is my refund?", NOW);
  private static final Matches FOUND =
      new Matches(new Verdict.TooLittleText(), 0.5, 0.4, List.of(), false);

  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();
  private final RecentMatches recent = new RecentMatches(changes::get, nanos::get);

  private void search() {
    assertThat(recent.search("a", QUESTION, () -> FOUND)).isSameAs(FOUND);
  }

  @Test
  void theSameQuestionOfTheSameCaseIsKnownWhateverTheTime() {
    search();
    assertThat(recent.find("a", Question.of(QUESTION.text(), NOW.plusSeconds(9)))).contains(FOUND);
    assertThat(recent.find("b", QUESTION)).isEmpty();
    assertThat(recent.find("a", QUESTION.withText("Where is it?"))).isEmpty();
    assertThat(recent.find("a", new Question(QUESTION.text(), null, null, "2.0", NOW))).isEmpty();
  }

  @Test
  void nothingIsKnownAfterAChangeOrAMinute() {
    search();
    changes.incrementAndGet();
    assertThat(recent.find("a", QUESTION)).isEmpty();
    search();
    nanos.addAndGet(RecentMatches.KEPT.toNanos());
    assertThat(recent.find("a", QUESTION)).isPresent();
    nanos.incrementAndGet();
    assertThat(recent.find("a", QUESTION)).isEmpty();
    search();
    recent.forget();
    assertThat(recent.find("a", QUESTION)).isEmpty();
  }

  @Test
  void aChangeDuringTheSearchCounts() {
    recent.search(
        "a",
        QUESTION,
        () -> {
          changes.incrementAndGet();
          return FOUND;
        });
    assertThat(recent.find("a", QUESTION)).isEmpty();
  }

  @Test
  void whatWasFoundWithoutTheModelIsSearchedAgain() {
    search();
    recent.search("a", QUESTION, () -> Matches.unavailable("no disk"));
    assertThat(recent.find("a", QUESTION)).isEmpty();
  }
}
