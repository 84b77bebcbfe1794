package io.gapcanary;

import io.gapcanary.kb.Article;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which articles to list.
 *
 * @param product only those of this product, as it is written there; {@code null}: of any and none
 * @param language only those in this language, a BCP 47 tag as it is written there; {@code null}:
 *     in any
 * @param confidences empty: of every confidence
 */
public record ArticleFilter(
    @Nullable String product, @Nullable String language, Set<Article.Confidence> confidences) {
  /** Every article. */
  public static final ArticleFilter ALL = new ArticleFilter(null, null, Set.of());

  /** Takes a copy. */
  public ArticleFilter {
    confidences = Set.copyOf(confidences);
  }
}
