package io.gapcanary.kb;

import java.util.List;

/**
 * The answer to a question.
 *
 * @param verdict what to make of it
 * @param answerable the probability that <em>some</em> article answers, in [0, 1]
 * @param floor the probability that {@code answerable} was held against
 * @param list the best matches that apply, best first, at most ten, whatever the verdict
 * @param degraded true when the meaning model should have been asked and could not: only words
 *     served
 */
public record Matches(
    Verdict verdict, double answerable, double floor, List<Match> list, boolean degraded) {
  /** Takes a copy. */
  public Matches {
    list = List.copyOf(list);
  }

  /** No question, no matches. */
  static Matches tooLittleText(double floor) {
    return new Matches(new Verdict.TooLittleText(), 0, floor, List.of(), false);
  }

  /** Search cannot be asked at all. */
  public static Matches unavailable(String why) {
    return new Matches(new Verdict.Unavailable(why), 0, 1, List.of(), true);
  }
}
