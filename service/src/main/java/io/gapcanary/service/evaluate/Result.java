package io.gapcanary.service.evaluate;

import io.gapcanary.kb.Match;
import io.gapcanary.kb.Matches;
import java.util.List;

/**
 * A question's answer: a line of {@code results.jsonl}.
 *
 * @param id the question
 * @param verdict the verdict in its wire name
 * @param answerable the probability, in [0, 1], that some article answers
 * @param matches the best ten, whatever the verdict
 * @param millis how long it took, in milliseconds
 */
public record Result(
    String id, String verdict, double answerable, List<Matched> matches, double millis) {
  /** Takes a copy. */
  public Result {
    matches = List.copyOf(matches);
  }

  /**
   * A match.
   *
   * @param article the article
   * @param probability that it answers, in [0, 1]
   */
  public record Matched(String article, double probability) {
    private static Matched of(Match match) {
      return new Matched(match.articleId(), match.probability());
    }
  }

  /** What the articles said, and how long it took them. */
  static Result of(String id, Matches matches, long nanos) {
    return new Result(
        id,
        matches.verdict().wireName(),
        matches.answerable(),
        matches.list().stream().limit(10).map(Matched::of).toList(),
        Math.round(nanos / 1000.0) / 1000.0);
  }
}
