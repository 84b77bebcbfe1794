package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.exchange.Flaw.Reason;
import io.gapcanary.kb.Question;
import java.time.Instant;
import java.util.List;

/**
 * A labelled question: a line of {@code questions.jsonl}.
 *
 * @param id the question
 * @param question what it asks
 * @param relevant the articles that answer it; empty when none does
 */
public record QuestionLine(String id, Question question, List<String> relevant) {
  /** Takes a copy. */
  public QuestionLine {
    relevant = List.copyOf(relevant);
  }

  /** How lines of {@code questions.jsonl} are read, all of them asked at one time. */
  public static LineFormat<QuestionLine> askedAt(Instant at) {
    return (object, warnings) -> read(object, at);
  }

  private static QuestionLine read(JsonNode object, Instant at) {
    String id = Fields.id(object, Flaw.Kind.QUESTION);
    Fields fields = new Fields(object, Flaw.Kind.QUESTION, id);
    Question question =
        new Question(
            fields.require("text"),
            fields.text("language"),
            fields.text("product"),
            fields.text("version"),
            at);
    if (!object.has("relevant")) {
      throw fields.refused(Reason.NO_RELEVANT);
    }
    return new QuestionLine(id, question, fields.texts("relevant"));
  }
}
