package io.gapcanary.kb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A match with what put it where it stands.
 *
 * @param match the match, with its evidence
 * @param rank its place among the articles that apply, from 1; 0 when it does not apply
 * @param share the probability that it is this one, if any of those that apply answers
 * @param score the sum of the contributions: log-odds of no fixed zero, to be compared within one
 *     question only
 * @param obstacle why the article does not apply to the question, or {@code null} when it does
 * @param contributions what the score is made of
 * @param dismissed what agents did with it for much the same questions
 */
public record ExplainedMatch(
    Match match,
    int rank,
    double share,
    double score,
    Verdict.@Nullable Reason obstacle,
    List<Contribution> contributions,
    Dismissed dismissed) {
  /** Takes a copy. */
  public ExplainedMatch {
    contributions = List.copyOf(contributions);
  }

  /**
   * What agents did with an article that was suggested for much the same questions.
   *
   * @param dismissed those that it was dismissed for, each counted by how alike it is
   * @param given those that it was given for, likewise
   * @param voices how many dismissed it independently: of other customers, by other agents
   * @param logOdds what is added to the log-odds that it answers: 0 or less
   */
  public record Dismissed(double dismissed, double given, int voices, double logOdds) {}

  /** True when it may be suggested for the question at all. */
  public boolean applies() {
    return obstacle == null;
  }
}
