package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.Impact;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GapStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A gap with the cases that count, and what they make it cost. */
record RankedGap(GapRow gap, List<GapStore.Member> members, Impact impact) {
  int shelf() {
    return live() ? 0 : gap.state() == Gap.State.VERIFIED ? 1 : 2;
  }

  boolean live() {
    return gap.state().live();
  }

  double score() {
    return impact.score();
  }

  int number() {
    return Objects.requireNonNull(gap.number());
  }

  String id() {
    return Objects.requireNonNull(gap.id());
  }

  Instant detectedAt() {
    return Objects.requireNonNullElse(gap.detectedAt(), Instant.EPOCH);
  }
}
