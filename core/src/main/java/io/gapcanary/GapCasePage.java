package io.gapcanary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a gap's cases.
 *
 * @param cases the one that closed last first
 * @param next the cursor for {@link GapCaseFilter#after(String)}, or {@code null} at the end
 */
public record GapCasePage(List<GapCase> cases, @Nullable String next) {
  /** Takes a copy. */
  public GapCasePage {
    cases = List.copyOf(cases);
  }
}
