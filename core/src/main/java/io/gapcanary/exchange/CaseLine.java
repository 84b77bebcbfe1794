package io.gapcanary.exchange;

import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.LinkAction;
import io.gapcanary.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole case: a line of {@code cases.jsonl}.
 *
 * @param id the case
 * @param opening what was known when it opened
 * @param messages at least one, each with its time
 * @param links what the agent did with articles
 * @param closing how it closed; its time is {@code null} when it was left open
 */
public record CaseLine(
    String id, CaseOpening opening, List<Message> messages, List<Link> links, Closing closing) {

  /**
   * What an agent did with an article.
   *
   * @param articleId the article
   * @param action what
   * @param at when; {@code null}: at the last message
   */
  public record Link(String articleId, LinkAction action, @Nullable Instant at) {}

  /** Takes copies. */
  public CaseLine {
    messages = List.copyOf(messages);
    links = List.copyOf(links);
  }

  /** Says which case, and nothing of what was written. */
  @Override
  public String toString() {
    return "CaseLine[" + id + "]";
  }
}
