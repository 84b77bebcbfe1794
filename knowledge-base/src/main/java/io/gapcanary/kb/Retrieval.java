package io.gapcanary.kb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds the articles that may answer a question, by words and by meaning together, and measures
 * each.
 *
 * <p>Not thread-safe: one for a question.
 */
final class Retrieval {
  /** Units taken from each of the three searches. */
  private static final int UNITS = 120;

  /** Units that are measured, of all that were found. */
  private static final int NEAREST = 160;

  /** The nearest units among which an article's share is counted. */
  private static final int NEIGHBOURS = 15;

  private final UnitIndex.Reader reader;
  private final AskedText asked;
  private final Map<String, Header> headers;

  Retrieval(UnitIndex.Reader reader, AskedText asked, Map<String, Header> headers) {
    this.reader = reader;
    this.asked = asked;
    this.headers = headers;
  }

  /** Weighs a question's terms by how telling they are here, the most telling first. */
  static AskedText weigh(
      UnitIndex.Reader reader,
      String language,
      Map<String, String> surfaces,
      List<String> bigrams,
      float @Nullable [] vector,
      boolean degraded)
      throws IOException {
    TermWeights weights = new TermWeights(reader);
    return new AskedText(
        language,
        weights.ofTerms(surfaces.keySet()),
        weights.ofBigrams(bigrams),
        surfaces,
        vector,
        degraded);
  }

  /** All candidates, in no order; of every version, language and state. */
  List<Candidate> candidates(UnitFilter filter) throws IOException {
    Set<Integer> docs = new TreeSet<>();
    if (!asked.terms().isEmpty()) {
      add(reader.byWords(asked, filter, UNITS), docs);
    }
    if (!asked.bigrams().isEmpty()) {
      add(reader.byBigrams(asked, filter, UNITS), docs);
    }
    if (asked.vector() != null) {
      add(reader.byMeaning(asked.vector(), filter, UNITS), docs);
    }
    List<Unit> units = new ArrayList<>(reader.units(docs).values());
    units.addAll(reader.waiting(filter));
    return measure(byArticle(nearest(units)));
  }

  /**
   * The nearest units, whichever search found them: what is measured then depends on the texts and
   * not on how the index happens to hold them.
   */
  private List<Candidate.ScoredUnit> nearest(List<Unit> units) {
    return units.stream()
        .filter(unit -> headers.containsKey(unit.articleId()))
        .map(this::score)
        .sorted(
            Comparator.comparingDouble(Candidate.ScoredUnit::nearness)
                .reversed()
                .thenComparing(scored -> scored.unit().articleId())
                .thenComparing(scored -> scored.unit().text()))
        .limit(NEAREST)
        .toList();
  }

  /** One article, whatever it measures; empty when the filter hides it all. */
  List<Candidate> only(String articleId, UnitFilter filter) throws IOException {
    Set<Integer> docs = new TreeSet<>();
    add(reader.unitsOf(articleId, filter, 10 * UNITS), docs);
    List<Unit> units = new ArrayList<>(reader.units(docs).values());
    reader.waiting(filter).stream()
        .filter(u -> u.articleId().equals(articleId))
        .forEach(units::add);
    return measure(byArticle(units.stream().map(this::score).toList()));
  }

  private static void add(TopDocs found, Set<Integer> docs) {
    for (ScoreDoc hit : found.scoreDocs) {
      docs.add(hit.doc);
    }
  }

  /** Units by article, each article with its title. */
  private Map<String, List<Candidate.ScoredUnit>> byArticle(List<Candidate.ScoredUnit> units)
      throws IOException {
    Map<String, List<Candidate.ScoredUnit>> grouped = new TreeMap<>();
    Set<String> untitled = new TreeSet<>();
    for (Candidate.ScoredUnit scored : units) {
      String id = scored.unit().articleId();
      grouped.computeIfAbsent(id, article -> new ArrayList<>()).add(scored);
      untitled.add(id);
    }
    for (Candidate.ScoredUnit scored : units) {
      if (scored.unit().kind() == Unit.Kind.TITLE) {
        untitled.remove(scored.unit().articleId());
      }
    }
    Set<Integer> docs = new TreeSet<>();
    if (!untitled.isEmpty()) {
      add(reader.titles(untitled), docs);
    }
    for (Unit title : reader.units(docs).values()) {
      grouped.computeIfAbsent(title.articleId(), article -> new ArrayList<>()).add(score(title));
    }
    return grouped;
  }

  private List<Candidate> measure(Map<String, List<Candidate.ScoredUnit>> scored) {
    Map<String, Double> shares = neighbourShares(scored);
    List<Candidate> candidates = new ArrayList<>();
    scored.forEach(
        (id, units) -> {
          Header header = headers.get(id);
          if (header != null) {
            candidates.add(candidate(header, units, shares.getOrDefault(id, 0.0)));
          }
        });
    return candidates;
  }

  private Candidate.ScoredUnit score(Unit unit) {
    double coverage = coverage(asked.terms(), unit.terms());
    double overlap = overlap(asked.terms(), unit.terms());
    if (!asked.bigrams().isEmpty()) {
      boolean both = !asked.terms().isEmpty();
      double pairs = coverage(asked.bigrams(), unit.bigrams());
      coverage = both ? (coverage + pairs) / 2 : pairs;
      pairs = overlap(asked.bigrams(), unit.bigrams());
      overlap = both ? (overlap + pairs) / 2 : pairs;
    }
    float[] mine = asked.vector();
    float[] its = unit.vector();
    double meaning = mine == null || its == null ? 0 : Math.max(0, dot(mine, its));
    return new Candidate.ScoredUnit(unit, coverage, overlap, meaning);
  }

  static double coverage(Map<String, Double> question, Set<String> unit) {
    return coverage(question, unit::contains);
  }

  private static double coverage(Map<String, Double> question, Predicate<String> having) {
    double shared = 0;
    double all = 0;
    for (Map.Entry<String, Double> term : question.entrySet()) {
      all += term.getValue();
      shared += having.test(term.getKey()) ? term.getValue() : 0;
    }
    return all == 0 ? 0 : shared / all;
  }

  /**
   * A weighted Jaccard index; the unit's own further terms are taken to be of half the usual
   * weight.
   */
  static double overlap(Map<String, Double> question, Set<String> unit) {
    double shared = 0;
    double all = 0;
    int common = 0;
    for (Map.Entry<String, Double> term : question.entrySet()) {
      all += term.getValue();
      if (unit.contains(term.getKey())) {
        shared += term.getValue();
        common++;
      }
    }
    return all == 0 ? 0 : shared / (all + 0.35 * (unit.size() - common));
  }

  static double dot(float[] a, float[] b) {
    return VectorUtil.dotProduct(a, b);
  }

  private Map<String, Double> neighbourShares(Map<String, List<Candidate.ScoredUnit>> scored) {
    record Near(String article, double nearness) {}
    List<Near> all = new ArrayList<>();
    scored.forEach((id, units) -> units.forEach(u -> all.add(new Near(id, u.nearness()))));
    all.sort(Comparator.comparingDouble(Near::nearness).reversed().thenComparing(Near::article));
    Map<String, Double> shares = new HashMap<>();
    int counted = Math.min(NEIGHBOURS, all.size());
    for (Near near : all.subList(0, counted)) {
      shares.merge(near.article(), 1.0 / counted, Double::sum);
    }
    return shares;
  }

  private Candidate candidate(Header header, List<Candidate.ScoredUnit> units, double share) {
    double[] f = new double[Feature.COUNT];
    List<Double> askedMeanings = new ArrayList<>();
    for (Candidate.ScoredUnit u : units) {
      max(f, Feature.BEST_OVERLAP, u.overlap());
      max(f, Feature.BEST_MEANING, u.meaning());
      switch (u.unit().kind()) {
        case TITLE -> {
          max(f, Feature.TITLE_COVERAGE, u.coverage());
          max(f, Feature.TITLE_OVERLAP, u.overlap());
          max(f, Feature.TITLE_MEANING, u.meaning());
        }
        case PASSAGE -> {
          max(f, Feature.BODY_COVERAGE, u.coverage());
          max(f, Feature.BODY_MEANING, u.meaning());
        }
        case ASKED -> {
          f[Feature.HAS_ASKED.ordinal()] = 1;
          max(f, Feature.ASKED_COVERAGE, u.coverage());
          max(f, Feature.ASKED_OVERLAP, u.overlap());
          max(f, Feature.ASKED_MEANING, u.meaning());
          askedMeanings.add(u.meaning());
        }
      }
    }
    askedMeanings.sort(Comparator.reverseOrder());
    f[Feature.ASKED_MEANING_3.ordinal()] =
        askedMeanings.stream().limit(3).mapToDouble(Double::doubleValue).sum() / 3;
    f[Feature.UNION_COVERAGE.ordinal()] = unionCoverage(units);
    f[Feature.MEANING_MASS.ordinal()] = mass(units, 30, Candidate.ScoredUnit::meaning);
    f[Feature.WORD_MASS.ordinal()] = mass(units, 10, Candidate.ScoredUnit::overlap);
    f[Feature.NEIGHBOUR_SHARE.ordinal()] = share;
    List<Candidate.ScoredUnit> sorted = new ArrayList<>(units);
    sorted.sort(Comparator.comparingDouble(Candidate.ScoredUnit::nearness).reversed());
    return new Candidate(header, f, sorted);
  }

  private static double mass(
      List<Candidate.ScoredUnit> units,
      double sharpness,
      ToDoubleFunction<Candidate.ScoredUnit> of) {
    double sum = 0;
    for (Candidate.ScoredUnit u : units) {
      double value = of.applyAsDouble(u);
      sum += value > 0 ? Math.exp(sharpness * value) : 0;
    }
    return sum <= 1 ? 0 : Math.log(sum) / sharpness;
  }

  private double unionCoverage(List<Candidate.ScoredUnit> units) {
    double words =
        coverage(asked.terms(), t -> units.stream().anyMatch(u -> u.unit().terms().contains(t)));
    if (asked.bigrams().isEmpty()) {
      return words;
    }
    double pairs =
        coverage(
            asked.bigrams(), p -> units.stream().anyMatch(u -> u.unit().bigrams().contains(p)));
    return asked.terms().isEmpty() ? pairs : (words + pairs) / 2;
  }

  private static void max(double[] features, Feature feature, double value) {
    features[feature.ordinal()] = Math.max(features[feature.ordinal()], value);
  }
}
