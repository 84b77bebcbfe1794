package io.gapcanary.kb;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What might be changed, to be asked of before it is: see {@link KnowledgeBase#suppose}.
 *
 * @param articles new ones, and known ones as they might become
 * @param wordings wordings that might be learned
 * @param floors floors by language, probabilities in (0, 1)
 * @param without ids of articles that might not be there; how rare words are is counted with them
 *     still
 */
public record Supposition(
    List<Article> articles,
    List<AskedAs> wordings,
    Map<String, Double> floors,
    Set<String> without) {
  /** Takes copies. */
  public Supposition {
    articles = List.copyOf(articles);
    wordings = List.copyOf(wordings);
    floors = Map.copyOf(floors);
    without = Set.copyOf(without);
  }

  /** One article, new or changed. */
  public static Supposition article(Article article) {
    return new Supposition(List.of(article), List.of(), Map.of(), Set.of());
  }

  /** Wordings that might be learned. */
  public static Supposition wordings(Collection<AskedAs> wordings) {
    return new Supposition(List.of(), List.copyOf(wordings), Map.of(), Set.of());
  }

  /**
   * Another floor.
   *
   * @throws IllegalArgumentException when it is no probability in (0, 1)
   */
  public static Supposition floor(String language, double floor) {
    return new Supposition(
        List.of(),
        List.of(),
        new Tuning(Map.of(language, floor), 0.5, Tuning.DEFAULT.learnedFor()).floors(),
        Set.of());
  }
}
