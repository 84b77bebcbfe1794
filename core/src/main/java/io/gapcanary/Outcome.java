package io.gapcanary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a closed case says of the knowledge base: a line of {@code outcomes.jsonl}.
 *
 * @param caseId the case
 * @param outcome whether an article answered
 * @param reason why none did, in its wire name; {@code null} unless {@link Kind#NO_MATCH}
 * @param answerable the probability, in [0, 1], that some article answers
 * @param matches the best matches, best first, at most three, whatever the outcome
 * @param given the articles given, those of a case that it reconnects to included
 * @param repeatOf the earlier case that it repeats
 * @param reconnectOf the earlier case that was cut off
 * @param gap the gap that it counts in, as of the close
 * @param setAside whether it looks like a machine's doing and counts nowhere; see {@link Floods}
 */
public record Outcome(
    String caseId,
    Kind outcome,
    @Nullable String reason,
    double answerable,
    List<RelatedArticle> matches,
    List<String> given,
    @Nullable String repeatOf,
    @Nullable String reconnectOf,
    @Nullable String gap,
    boolean setAside) {

  /** Whether an article answered. */
  public enum Kind implements WireName {
    /** An article was given, or one would have reached the floor. */
    ANSWERED,
    NO_MATCH,
    /** The customer never stated a question. */
    TOO_LITTLE_TEXT,
    /** Search or the meaning model was unhealthy: asked again when it is well. */
    UNAVAILABLE
  }

  /** Takes copies. */
  public Outcome {
    matches = List.copyOf(matches);
    given = List.copyOf(given);
  }
}
