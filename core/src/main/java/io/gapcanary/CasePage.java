package io.gapcanary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of cases.
 *
 * @param cases the one that opened last first
 * @param next the cursor for {@link CaseFilter#after(String)}, or {@code null} at the end
 */
public record CasePage(List<CaseSummary> cases, @Nullable String next) {
  /** Takes a copy. */
  public CasePage {
    cases = List.copyOf(cases);
  }
}
