package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that an article resolved: a line of {@code history.jsonl}.
 *
 * @param text the customer's words
 * @param articleId the article
 * @param at when, or {@code null}
 */
public record ResolvedQuestion(String text, String articleId, @Nullable Instant at) {
  /** How lines of {@code history.jsonl} are read. */
  public static final LineFormat<ResolvedQuestion> FORMAT = ResolvedQuestion::read;

  private static ResolvedQuestion read(JsonNode object, List<Flaw> warnings) {
    Fields fields = new Fields(object, Flaw.Kind.RESOLVED_QUESTION, "");
    String text = fields.requireTold("text");
    return new ResolvedQuestion(text, fields.require("article"), fields.time("at"));
  }
}
