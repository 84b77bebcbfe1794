package io.gapcanary.repeat;

import io.gapcanary.RelatedArticle;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Question;
import java.util.List;

/**
 * The probability that two cases of <em>one customer</em> are about the same subject.
 *
 * <p>A logistic function of named features, the constants below. The text's part is the log-odds
 * that both questions ask the same ({@link KnowledgeBase#sameSubject}); the others say what is
 * known of two contacts of one customer besides. Fitted to simulated histories, then softened.
 */
public final class SameSubject {
  /**
   * A customer who comes back within the window mostly comes back about the same: even a small
   * probability of the texts, which was made for any two customers, then counts.
   */
  private static final double PRIOR = 3.6;

  /** Weight of the texts' log-odds. */
  private static final double TEXT = 1.2;

  /** The same article answers both, weighted by the product of its probabilities. */
  private static final double SAME_ARTICLE = 4.0;

  /** What was given in the earlier case does not answer the later one. */
  private static final double NOT_THE_SAME_ARTICLE = -3.5;

  /** In each of them another article was given. */
  private static final double OTHER_ARTICLE_GIVEN = -3.5;

  /** The customer says so. */
  private static final double SOUNDS_AGAIN = 2.0;

  /** A dropped line: who is back within minutes has not changed the subject. */
  private static final double SOON = 4.0;

  /** An article less probable than this does not answer. */
  private static final double HARDLY = 0.05;

  private final KnowledgeBase knowledge;

  /** Asks the knowledge base how much questions are alike. */
  public SameSubject(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /**
   * One of the two cases.
   *
   * @param question what it asks
   * @param matches the articles that it matches best
   * @param given the articles given in it
   */
  public record Side(Question question, List<RelatedArticle> matches, List<String> given) {
    double probability(String articleId) {
      if (given.contains(articleId)) {
        return 1;
      }
      return matches.stream()
          .filter(match -> match.id().equals(articleId))
          .mapToDouble(RelatedArticle::probability)
          .findFirst()
          .orElse(0);
    }
  }

  /** The probability, in [0, 1]. */
  public double probability(Side earlier, Side later, boolean soundsAgain, boolean soon) {
    double sameArticle = sameArticle(earlier, later);
    boolean notTheSame = !earlier.given().isEmpty() && !anyGivenAnswers(earlier, later);
    boolean bothGiven = !earlier.given().isEmpty() && !later.given().isEmpty();
    double logit =
        PRIOR
            + TEXT * logit(knowledge.sameSubject(earlier.question(), later.question()))
            + SAME_ARTICLE * sameArticle
            + (notTheSame ? NOT_THE_SAME_ARTICLE : 0)
            + (bothGiven && sameArticle < HARDLY ? OTHER_ARTICLE_GIVEN : 0)
            + (soundsAgain ? SOUNDS_AGAIN : 0)
            + (soon ? SOON : 0);
    return 1 / (1 + Math.exp(-logit));
  }

  /** How probable it is that one article answers both. */
  private static double sameArticle(Side earlier, Side later) {
    double most = 0;
    for (RelatedArticle match : later.matches()) {
      most = Math.max(most, later.probability(match.id()) * earlier.probability(match.id()));
    }
    for (String given : later.given()) {
      most = Math.max(most, earlier.probability(given));
    }
    return most;
  }

  private static boolean anyGivenAnswers(Side earlier, Side later) {
    return earlier.given().stream().anyMatch(article -> later.probability(article) >= HARDLY);
  }

  private static double logit(double probability) {
    double p = Math.min(0.999, Math.max(0.001, probability));
    return Math.log(p / (1 - p));
  }
}
