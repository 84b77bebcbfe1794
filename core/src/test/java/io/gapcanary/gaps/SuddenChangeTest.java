package io.gapcanary.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.RateChange;
import io.gapcanary.storage.ReturnStore.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuddenChangeTest {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  private static final int LIVES = 1000;

  private final List<Trial> trials = new ArrayList<>();
  private final Random random = new Random(20260105);

  private void trial(int edition, boolean returned) {
    Instant at = START.plus(Duration.ofHours(trials.size()));
    trials.add(new Trial(at, edition, returned));
  }

  /** So many trials, of which so many returned, evenly spread. */
  private void trials(int edition, int of, int returned) {
    for (int i = 0; i < of; i++) {
      trial(edition, i * returned / of < (i + 1) * returned / of);
    }
  }

  @Test
  void aSteadyRateIsNoChange() {
    trials(1, 200, 40);
    assertThat(SuddenChange.find(trials, 1)).isEmpty();
  }

  @Test
  void aRiseWithoutAnEditIsDatedWhereItBegan() {
    trials(1, 100, 8);
    trials(1, 30, 18);
    RateChange change = SuddenChange.find(trials, 1).orElseThrow();
    assertThat(change.kind()).isEqualTo(RateChange.Kind.TIME);
    assertThat(change.since())
        .isBetween(START.plus(Duration.ofHours(95)), START.plus(Duration.ofHours(105)));
    assertThat(change.given() + change.formerGiven()).isEqualTo(130);
    assertThat(change.returned()).isGreaterThanOrEqualTo(17);
  }

  @Test
  void aNewEditionNeedsLessEvidence() {
    trials(1, 60, 5);
    trials(2, 14, 7);
    RateChange change = SuddenChange.find(trials, 2).orElseThrow();
    assertThat(change.kind()).isEqualTo(RateChange.Kind.EDITION);
    assertThat(change.formerGiven()).isEqualTo(60);
    assertThat(change.given()).isEqualTo(14);
    List<Trial> unedited = trials.stream().map(t -> new Trial(t.at(), 1, t.returned())).toList();
    assertThat(SuddenChange.find(unedited, 1)).isEmpty();
  }

  @Test
  void aFallIsNoRise() {
    trials(1, 60, 30);
    trials(2, 60, 3);
    assertThat(SuddenChange.find(trials, 2)).isEmpty();
  }

  @Test
  void anEditAfterARiseBeginsAnew() {
    trials(1, 100, 8);
    trials(1, 30, 18);
    trials(2, 20, 1);
    assertThat(SuddenChange.find(trials, 2)).isEmpty();
  }

  /** An article's life, looked at after every return; found once is found. */
  private boolean isFound(double before, double after, int change, int length) {
    trials.clear();
    for (int i = 0; i < length; i++) {
      boolean returned = random.nextDouble() < (i < change ? before : after);
      trial(1, returned);
      if (returned && i >= change && SuddenChange.find(trials, 1).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private double found(double before, double after, int change, int length) {
    int found = 0;
    for (int life = 0; life < LIVES; life++) {
      found += isFound(before, after, change, length) ? 1 : 0;
    }
    return (double) found / LIVES;
  }

  @Test
  void anArticleThatStaysAsItIsIsSeldomAccused() {
    assertThat(found(0.1, 0.1, 0, 300)).isLessThan(0.03);
    assertThat(found(0.3, 0.3, 0, 300)).isLessThan(0.04);
  }

  @Test
  void aRiseFromTenToFortyPercentIsFoundWithinFiftyCases() {
    assertThat(found(0.1, 0.4, 100, 150)).isGreaterThan(0.65);
  }
}
