package io.gapcanary.kb;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the answer to a question came about.
 *
 * @param question the question as it was asked of the articles
 * @param matches the answer
 * @param answerability how its probability came about
 * @param articles its matches and the articles that were asked for, in order of rank; those that do
 *     not apply stand last
 */
public record Explanation(
    Question question,
    Matches matches,
    Answerability answerability,
    List<ExplainedMatch> articles) {
  /** Takes a copy. */
  public Explanation {
    articles = List.copyOf(articles);
  }

  /** One article's part, or empty when it is of another product or not published yet. */
  public Optional<ExplainedMatch> find(String articleId) {
    return articles.stream().filter(a -> a.match().articleId().equals(articleId)).findFirst();
  }

  /** Why one of two articles stands before the other; empty when either is not among them. */
  public Optional<Comparison> compare(String oneId, String otherId) {
    return find(oneId)
        .flatMap(one -> find(otherId).map(other -> Comparison.of(one, other)))
        .filter(comparison -> !oneId.equals(otherId));
  }

  /** The names of all features that a {@link Contribution} to a score may have. */
  public static List<String> featureNames() {
    return Stream.concat(
            Arrays.stream(Feature.values()).map(Contribution::name), Stream.of(Dismissals.NAME))
        .toList();
  }

  /** The names of all signs of {@link Answerability}. */
  public static List<String> signNames() {
    return Arrays.stream(Calibration.Sign.values()).map(Contribution::name).toList();
  }
}
