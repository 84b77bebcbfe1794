package io.gapcanary.kb;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How telling a term is here: rare in the articles, and rare in what customers ask.
 *
 * <p>Each of the two is an inverse document frequency scaled to [0, 1], {@code log((N+1)/(n+½)) /
 * log((N+1)/½)}; the one over learned wordings counts the more of them there are.
 */
final class TermWeights {
  /** At so many learned wordings their frequencies count half. */
  private static final double WORDINGS_TO_TRUST = 100;

  private final TermFrequencies frequencies;

  TermWeights(TermFrequencies frequencies) {
    this.frequencies = frequencies;
  }

  Map<String, Double> ofTerms(Collection<String> terms) throws IOException {
    int articles = frequencies.articles();
    int wordings = frequencies.allWordings();
    double trust = wordings / (wordings + WORDINGS_TO_TRUST);
    Map<String, Double> weights = new HashMap<>();
    Set<String> distinct = new LinkedHashSet<>(terms);
    for (String term : distinct) {
      double inArticles = rarity(articles, frequencies.articlesWith(term));
      double inWordings = rarity(wordings, frequencies.wordingsWith(term));
      double both = Math.min(inArticles, inWordings);
      weights.put(term, (1 - trust) * inArticles + trust * both);
    }
    return mostTelling(distinct, weights);
  }

  Map<String, Double> ofBigrams(Collection<String> bigrams) throws IOException {
    int all = frequencies.unitsWithBigrams();
    Map<String, Double> weights = new HashMap<>();
    Set<String> distinct = new LinkedHashSet<>(bigrams);
    for (String pair : distinct) {
      weights.put(pair, rarity(all, frequencies.unitsWith(pair)));
    }
    return mostTelling(distinct, weights);
  }

  static double rarity(int all, int having) {
    return all == 0 ? 1 : Math.log((all + 1) / (having + 0.5)) / Math.log((all + 1) / 0.5);
  }

  private static Map<String, Double> mostTelling(
      Set<String> distinct, Map<String, Double> weights) {
    Map<String, Double> chosen = new LinkedHashMap<>();
    distinct.stream()
        .sorted(Comparator.comparingDouble((String t) -> weights.getOrDefault(t, 0.0)).reversed())
        .limit(AskedText.MOST_TERMS)
        .forEach(t -> chosen.put(t, weights.getOrDefault(t, 0.0)));
    return chosen;
  }
}
