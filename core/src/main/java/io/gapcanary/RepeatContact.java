package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer who came back about the same.
 *
 * @param caseId the later case
 * @param repeatOf the earlier case
 * @param articles what was given in the earlier case
 * @param earlierClosedAt when the earlier case closed
 * @param openedAt when the later case opened
 * @param question what the later case asks, masked
 */
public record RepeatContact(
    String caseId,
    String repeatOf,
    List<String> articles,
    Instant earlierClosedAt,
    Instant openedAt,
    String question) {
  /** Takes a copy. */
  public RepeatContact {
    articles = List.copyOf(articles);
  }

  /**
   * A page of them, the latest first.
   *
   * @param repeatContacts those of the page
   * @param next the cursor of the next page, or {@code null} at the end
   */
  public record Page(List<RepeatContact> repeatContacts, @Nullable String next) {
    /** Takes a copy. */
    public Page {
      repeatContacts = List.copyOf(repeatContacts);
    }
  }
}
