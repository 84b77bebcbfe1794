package io.gapcanary.kb;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may set about matching.
 *
 * @param floors floors by language tag, over the calibrated ones; probabilities in (0, 1)
 * @param near how far below the floor a best match still counts as {@link
 *     Verdict.Reason#BELOW_FLOOR}: a share of the floor in [0, 1]
 * @param learnedFor a wording learned longer than this before a question no longer counts for it
 */
public record Tuning(Map<String, Double> floors, double near, Duration learnedFor) {
  public static final Tuning DEFAULT = new Tuning(Map.of(), 0.5, Duration.ofDays(730));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a floor is not a probability or near is not a share, or
   *     learnedFor is not longer than nothing
   */
  public Tuning {
    floors = Map.copyOf(floors);
    floors.forEach(
        (language, floor) -> {
          if (!(floor > 0 && floor < 1)) {
            throw new IllegalArgumentException(
                "floor of " + language + " must lie between 0 and 1, not " + floor);
          }
        });
    if (!(near >= 0 && near <= 1)) {
      throw new IllegalArgumentException("near must lie between 0 and 1, not " + near);
    }
    if (learnedFor.isNegative() || learnedFor.isZero()) {
      throw new IllegalArgumentException(
          "learnedFor must be longer than nothing, not " + learnedFor);
    }
  }

  /** The time from which on wordings count for a question; {@code null} when all do. */
  @Nullable Instant learnedSince(Instant at) {
    return at.isAfter(Instant.EPOCH.plus(learnedFor)) ? at.minus(learnedFor) : null;
  }

  /** Whether what was learned then no longer counts for a question now. */
  boolean isForgotten(Instant learned, Instant now) {
    Instant since = learnedSince(now);
    return since != null && learned.isAfter(Instant.EPOCH) && learned.isBefore(since);
  }

  /** The floor that was set for a language, or {@code null}. */
  @Nullable Double floor(String language) {
    return floors.get(language);
  }
}
