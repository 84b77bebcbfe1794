package io.gapcanary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the gap list.
 *
 * @param gaps live ones by impact, then those that evidence has verified, then dismissed ones
 * @param next the cursor of the next page, or {@code null} when this is the last
 */
public record GapPage(List<Gap> gaps, @Nullable String next) {
  /** Takes a copy. */
  public GapPage {
    gaps = List.copyOf(gaps);
  }
}
