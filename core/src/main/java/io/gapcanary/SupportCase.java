package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case as the desk keeps it: free of personal data.
 *
 * @param id its identifier
 * @param openedAt when it opened
 * @param closedAt when it closed, or {@code null} while it is open
 * @param channel {@code chat}, {@code phone}, …
 * @param product the product it is about
 * @param version the product's version
 * @param language as declared
 * @param segment the customer's segment
 * @param tags further words, masked
 * @param agentId who served it
 * @param resolution how it ended, when somebody said
 * @param question what it asks, distilled from the customer's messages; empty while nothing was
 *     asked
 * @param messages masked, in order of arrival, each with its time
 * @param given the articles given, in order
 */
public record SupportCase(
    String id,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable String channel,
    @Nullable String product,
    @Nullable String version,
    @Nullable String language,
    @Nullable String segment,
    List<String> tags,
    @Nullable String agentId,
    @Nullable Resolution resolution,
    String question,
    List<Message> messages,
    List<String> given) {
  /** Takes copies. */
  public SupportCase {
    tags = List.copyOf(tags);
    messages = List.copyOf(messages);
    given = List.copyOf(given);
  }

  /** True until it closes, and again after a later message. */
  public boolean open() {
    return closedAt == null;
  }
}
