package io.gapcanary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A case in a list, free of personal data.
 *
 * @param id its identifier
 * @param openedAt when it opened
 * @param lastAt its latest event
 * @param closedAt when it closed, or {@code null} while it is open
 * @param channel {@code chat}, {@code phone}, …
 * @param product the product it is about
 * @param agentId who serves it
 * @param question what it asks; empty while nothing was asked
 * @param messages how many there are
 * @param lastFrom who wrote the last one, or {@code null} before the first
 * @param lastText the beginning of the last one, masked; empty before the first
 */
public record CaseSummary(
    String id,
    Instant openedAt,
    Instant lastAt,
    @Nullable Instant closedAt,
    @Nullable String channel,
    @Nullable String product,
    @Nullable String agentId,
    String question,
    int messages,
    @Nullable Author lastFrom,
    String lastText) {
  /** True until it closes, and again after a later message. */
  public boolean open() {
    return closedAt == null;
  }

  /** True while the customer waits for an answer: the last word in an open case is theirs. */
  public boolean waiting() {
    return open() && lastFrom == Author.CUSTOMER;
  }
}
