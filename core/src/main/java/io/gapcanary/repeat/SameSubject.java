package io.gapcanary.repeat;

import io.gapcanary.RelatedArticle;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Question;
import java.util.List;

/**
 * The probability that two cases of <em>one customer</em> are about the same subject.
 *
 * <p>A logistic function of named features: {@code logit = prior + text + articles + soundsAgain +
 * soon}. The text's part is the log-odds that both questions ask the same ({@link
 * KnowledgeBase#sameSubject}); the others say what a customer's second contact adds to it.
 */
public final class SameSubject {
  /** A customer who comes back within the window mostly comes back about the same. */
  private static final double PRIOR = 0.8;

  /** Weight of the texts' log-odds. */
  private static final double TEXT = 0.8;

  /** The same articles answer both: the sum over articles of both probabilities. */
  private static final double ARTICLES = 3.0;

  /**
   * An article was given in the earlier case, and by all that is known the later one needs another.
   */
  private static final double OTHER_ARTICLE = -1.0;

  /** The customer says so. */
  private static final double SOUNDS_AGAIN = 1.8;

  /** A dropped line: who is back within minutes has not changed the subject. */
  private static final double SOON = 2.0;

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
    double text = knowledge.sameSubject(earlier.question(), later.question());
    double articles = agreement(earlier, later);
    double logit =
        PRIOR
            + TEXT * logit(text)
            + ARTICLES * articles
            + (elsewhere(earlier, later) ? OTHER_ARTICLE : 0)
            + (soundsAgain ? SOUNDS_AGAIN : 0)
            + (soon ? SOON : 0);
    return 1 / (1 + Math.exp(-logit));
  }

  /** How probable it is that one article answers both, going by their best matches. */
  private static double agreement(Side earlier, Side later) {
    double most = 0;
    for (RelatedArticle match : later.matches()) {
      most = Math.max(most, match.probability() * earlier.probability(match.id()));
    }
    for (String given : later.given()) {
      most = Math.max(most, earlier.probability(given));
    }
    return most;
  }

  private static boolean elsewhere(Side earlier, Side later) {
    return !earlier.given().isEmpty()
        && earlier.given().stream().allMatch(article -> later.probability(article) < 0.05)
        && (!later.given().isEmpty()
            || later.matches().stream().anyMatch(match -> match.probability() > 0.5));
  }

  private static double logit(double probability) {
    double p = Math.min(0.999, Math.max(0.001, probability));
    return Math.log(p / (1 - p));
  }
}
