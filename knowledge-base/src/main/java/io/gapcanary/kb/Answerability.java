package io.gapcanary.kb;

import java.util.List;

/**
 * How the probability that some article answers came about: {@code intercept + sum of signs + doubt
 * + dismissed}, made a probability, × {@code applies}.
 *
 * @param intercept what the sum begins with
 * @param signs what each sign adds, in log-odds; empty where no article applies
 * @param anyAnswers the probability that any article answers, from the sum
 * @param doubt what is taken from it because of what came of questions like it
 * @param dismissed what is taken from it because agents dismissed articles for much the same
 *     questions: log-odds, 0 or less
 * @param applies what is left of it where an article that does not apply fits better; 1 elsewhere
 * @param probability what it comes to: {@link Matches#answerable}
 */
public record Answerability(
    double intercept,
    List<Contribution> signs,
    double anyAnswers,
    Doubt doubt,
    double dismissed,
    double applies,
    double probability) {
  /** Takes a copy. */
  public Answerability {
    signs = List.copyOf(signs);
  }

  /**
   * What similar questions before came to.
   *
   * @param given those that led to an article, each counted by how alike it is
   * @param unanswered those that ended with none given, likewise
   * @param linking the share of answerable cases in which agents here give an article
   * @param logOdds what is added to the log-odds: 0 or less
   */
  public record Doubt(double given, double unanswered, double linking, double logOdds) {}
}
