package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What came of the most similar questions before: how many led an agent to an article, and how many
 * ended with none given.
 *
 * <p>An article can look right and be wrong: the subject next door. Agents know, and do not give
 * it. If agents give an article in a share {@code l} of the cases that some article answers, and in
 * a share {@code e} of those that none does, then {@code g} similar cases with an article and
 * {@code u} without are worth {@code g log(l/e) + u log((1-l)/(1-e))} in log-odds (naive Bayes).
 * Only doubt is taken from it: what speaks for an answer is measured on the articles themselves.
 * Where agents seldom link, {@code l} is small and nothing follows from a case without an article.
 *
 * @param given similar past questions that led to an article, each counted by how alike it is
 * @param unanswered similar past questions that ended with none, likewise
 * @param linking the share {@code l}, in (0, 1)
 */
record Experience(double given, double unanswered, double linking) {
  static final Experience NONE = new Experience(0, 0, 0.5);

  /** How many similar questions are looked at. */
  static final int NEAREST = 12;

  /** Questions less alike than this, a probability, are no experience with this one. */
  private static final double ALIKE = 0.3;

  /** Articles are given by mistake, or for a second question, in this share of the other cases. */
  private static final double GIVEN_ANYWAY = 0.05;

  /**
   * Share of questions that some article answers, for telling {@link #linking} from the links of
   * all cases.
   */
  private static final double ANSWERABLE = 0.75;

  private static final double MOST_DOUBT = 5;

  /**
   * Weighs past questions.
   *
   * @param linked how many questions of the desk led to an article
   * @param ended how many ended with none
   */
  static Experience of(List<PastQuestions.Past> past, int linked, int ended) {
    List<PastQuestions.Past> nearest = new ArrayList<>(past);
    nearest.sort(Comparator.comparingDouble(PastQuestions.Past::alike).reversed());
    double given = 0;
    double unanswered = 0;
    for (PastQuestions.Past one : nearest.subList(0, Math.min(NEAREST, nearest.size()))) {
      if (one.alike() >= ALIKE) {
        given += one.given() ? one.alike() : 0;
        unanswered += one.given() ? 0 : one.alike();
      }
    }
    double linking = linked / (ANSWERABLE * Math.max(1, linked + ended));
    return new Experience(given, unanswered, Math.min(0.95, Math.max(GIVEN_ANYWAY, linking)));
  }

  /** What it takes from the log-odds that an article answers: 0 or less. */
  double doubt() {
    double logOdds =
        given * Math.log(linking / GIVEN_ANYWAY)
            + unanswered * Math.log((1 - linking) / (1 - GIVEN_ANYWAY));
    return Math.max(-MOST_DOUBT, Math.min(0, logOdds));
  }

  /** A probability, in doubt. */
  double applyTo(double probability) {
    double doubt = doubt();
    if (doubt == 0 || probability <= 0 || probability >= 1) {
      return probability;
    }
    return SubjectLikeness.logistic(Math.log(probability / (1 - probability)) + doubt);
  }
}
