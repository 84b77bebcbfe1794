package io.gapcanary.service;

import io.gapcanary.Gap;
import io.gapcanary.Impact;
import java.time.Instant;
import java.util.List;

/** A missing gap of one case. */
public final class SmallGap {
  private static final Instant AT = Instant.parse("2026-10-05T08:00:00Z");

  private SmallGap() {}

  /** A gap in a state, of which these were asked. */
  public static Gap in(Gap.State state, String... questions) {
    return new Gap(
        "gap-1",
        state,
        Gap.Remedy.ARTICLE,
        Gap.Kind.MISSING,
        "An invoice",
        List.of("en"),
        List.of(),
        List.of("c-1"),
        1,
        null,
        List.of(),
        List.of(questions),
        AT,
        AT,
        AT,
        new Impact(1, 1, 1, 0, 1, 1, 1, 1),
        null,
        List.of(),
        null,
        1,
        List.of());
  }
}
