package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case that counts in a gap, and what it says there. Free of personal data.
 *
 * @param caseId the case
 * @param closedAt the close that it counts as of
 * @param question the beginning of what its customer asked, masked, at most 300 characters
 * @param outcome whether an article answered
 * @param reason why none did, in its wire name; {@code null} unless {@link Outcome.Kind#NO_MATCH}
 * @param given ids of the articles given
 * @param dismissed ids of the articles that its agent dismissed
 * @param resolution how it ended, or {@code null} when nobody said
 * @param version the version that its customer has, or {@code null}
 */
public record GapCase(
    String caseId,
    Instant closedAt,
    String question,
    Outcome.Kind outcome,
    @Nullable String reason,
    List<String> given,
    List<String> dismissed,
    @Nullable Resolution resolution,
    @Nullable String version) {
  /** Takes copies. */
  public GapCase {
    given = List.copyOf(given);
    dismissed = List.copyOf(dismissed);
  }
}
