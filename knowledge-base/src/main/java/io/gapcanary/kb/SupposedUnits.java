package io.gapcanary.kb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Units that a reader of the index finds although they are not in it.
 *
 * @param articles articles with their own units, by id; in the place of what the index holds of
 *     them
 * @param known which of these the index holds
 * @param wordings learned wordings
 */
record SupposedUnits(
    Map<String, OfArticle> articles, Set<String> known, List<UnitIndex.Waiting> wordings) {
  static final SupposedUnits NONE = new SupposedUnits(Map.of(), Set.of(), List.of());

  boolean isEmpty() {
    return articles.isEmpty() && known.isEmpty() && wordings.isEmpty();
  }

  /**
   * An article's units.
   *
   * @param product as in {@link UnitDocument#productKey}
   */
  record OfArticle(String product, List<Unit> units) {
    boolean has(String term) {
      return units.stream().anyMatch(unit -> unit.terms().contains(term));
    }
  }

  /** True for a unit that the index holds and that is supposed to be another. */
  boolean replaces(Unit unit) {
    return unit.kind() != Unit.Kind.ASKED && articles.containsKey(unit.articleId());
  }

  /** The articles' units that a filter lets through. */
  List<Unit> units(UnitFilter filter) {
    return articles.entrySet().stream()
        .filter(entry -> filter.passes(entry.getKey(), entry.getValue().product()))
        .flatMap(entry -> entry.getValue().units().stream())
        .toList();
  }

  /** How many articles have a term that the index does not count already. */
  int articlesWith(String term) {
    int count = 0;
    for (Map.Entry<String, OfArticle> entry : articles.entrySet()) {
      count += !known.contains(entry.getKey()) && entry.getValue().has(term) ? 1 : 0;
    }
    return count;
  }

  /** How many articles the index does not count already. */
  int newArticles() {
    return articles.size() - known.size();
  }

  /** How many of their units fit. */
  int newUnits(Predicate<Unit> fitting) {
    int count = 0;
    for (Map.Entry<String, OfArticle> entry : articles.entrySet()) {
      if (!known.contains(entry.getKey())) {
        count += (int) entry.getValue().units().stream().filter(fitting).count();
      }
    }
    return count;
  }

  /** The titles of those among some articles. */
  List<Unit> titles(Set<String> articleIds) {
    return articles.values().stream()
        .flatMap(article -> article.units().stream())
        .filter(unit -> unit.kind() == Unit.Kind.TITLE && articleIds.contains(unit.articleId()))
        .toList();
  }
}
