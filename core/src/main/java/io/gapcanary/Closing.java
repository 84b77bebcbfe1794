package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a case closes.
 *
 * @param at when; {@code null}: now
 * @param resolution how it ended, or {@code null} when nobody said
 * @param handleMinutes the work it took; {@code null}: from open to close, at most four hours
 * @param tags further words, added to those of the opening
 */
public record Closing(
    @Nullable Instant at,
    @Nullable Resolution resolution,
    @Nullable Double handleMinutes,
    List<String> tags) {
  /**
   * Takes a copy of the tags.
   *
   * @throws IllegalArgumentException when the minutes are negative or no number
   */
  public Closing {
    if (handleMinutes != null && !(handleMinutes >= 0 && Double.isFinite(handleMinutes))) {
      throw new IllegalArgumentException("handleMinutes must be 0 or more, not " + handleMinutes);
    }
    tags = List.copyOf(tags);
  }

  /** Closes now, saying nothing more. */
  public static Closing now() {
    return new Closing(null, null, null, List.of());
  }

  /** Closes at a time. */
  public static Closing at(Instant at, @Nullable Resolution resolution) {
    return new Closing(at, resolution, null, List.of());
  }
}
