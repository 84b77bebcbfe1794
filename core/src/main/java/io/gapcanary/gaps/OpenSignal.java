package io.gapcanary.gaps;

import io.gapcanary.kb.Question;
import io.gapcanary.storage.CaseRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a case that is open still says of a gap: provisional, and counted nowhere that counts closed
 * cases.
 *
 * @param caseId the case
 * @param customer its customer; unknown ones are one each
 * @param alike what its words are alike by, or {@code null} when equal words say nothing against it
 * @param openedAt when it opened
 * @param question what it asks, masked
 * @param spoken the language of the question
 * @param joining where it would count
 */
public record OpenSignal(
    String caseId,
    String customer,
    @Nullable Long alike,
    Instant openedAt,
    Question question,
    String spoken,
    Joining joining) {
  /** That of a case. */
  public static OpenSignal of(CaseRow row, @Nullable Long alike, Joining joining) {
    return new OpenSignal(
        row.id(),
        row.customerOrSelf(),
        alike,
        row.openedAt(),
        row.asked(row.lastAt()),
        row.spoken(),
        joining);
  }
}
