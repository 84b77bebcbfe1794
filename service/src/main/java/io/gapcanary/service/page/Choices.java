package io.gapcanary.service.page;

import io.gapcanary.Articles;
import io.gapcanary.kb.Article;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a visitor may choose for a conversation, gathered from the articles.
 *
 * @param products products that articles are about
 * @param versions versions that their ranges mention
 * @param articles articles that may be given
 */
public record Choices(List<String> products, List<String> versions, List<Article> articles) {
  private static final int LOOKED_AT = 500;
  private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)*");

  /** Takes copies. */
  public Choices {
    products = List.copyOf(products);
    versions = List.copyOf(versions);
    articles = List.copyOf(articles);
  }

  static Choices of(Articles articles) {
    List<Article> some = articles.list(null, LOOKED_AT);
    List<String> products =
        some.stream()
            .map(article -> article.applicability().product())
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    List<String> versions =
        some.stream()
            .map(article -> article.applicability().versions().toString())
            .flatMap(range -> VERSION.matcher(range).results().map(MatchResult::group))
            .distinct()
            .sorted()
            .toList();
    return new Choices(products, versions, some);
  }
}
