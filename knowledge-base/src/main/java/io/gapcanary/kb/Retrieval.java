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
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
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

  /** How much more a near unit counts than a far one in {@link Feature#FOCUS_MEANING}. */
  private static final double FOCUS = 4;

  private final UnitIndex.Reader reader;
  private final AskedText asked;
  private final Map<String, Header> headers;
  private final Centre centre;

  /** The question's meaning as seen from the centre. */
  private final float @Nullable [] question;

  Retrieval(UnitIndex.Reader reader, AskedText asked, Map<String, Header> headers, Centre centre) {
    this.reader = reader;
    this.asked = asked;
    this.headers = headers;
    this.centre = centre;
    this.question = asked.vector() == null ? null : centre.view(asked.vector());
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
    return candidates(filter, unit -> true);
  }

  /** Likewise, of those units that may count. */
  List<Candidate> candidates(UnitFilter filter, Predicate<Unit> counts) throws IOException {
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
    units.removeIf(counts.negate());
    Map<String, List<Candidate.ScoredUnit>> scored = byArticle(nearest(units));
    return measure(scored, neighbourShares(scored));
  }

  /**
   * The nearest units, whichever search found them: what is measured then depends on the texts and
   * not on how the index happens to hold them.
   */
  private List<Candidate.ScoredUnit> nearest(List<Unit> units) {
    return units.stream()
        .filter(unit -> headers.containsKey(unit.articleId()))
        .map(this::score)
        .filter(scored -> scored.nearness() > 0)
        .sorted(
            Comparator.comparingDouble(Candidate.ScoredUnit::nearness)
                .reversed()
                .thenComparing(scored -> scored.unit().articleId())
                .thenComparing(scored -> scored.unit().text()))
        .limit(NEAREST)
        .toList();
  }

  /**
   * One article that no search led to, whatever it measures: it is none of the nearest. Empty when
   * the filter hides it all.
   */
  List<Candidate> only(String articleId, UnitFilter filter) throws IOException {
    Set<Integer> docs = new TreeSet<>();
    add(reader.unitsOf(articleId, filter, 10 * UNITS), docs);
    List<Unit> units = new ArrayList<>(reader.units(docs).values());
    reader.waiting(filter).stream()
        .filter(u -> u.articleId().equals(articleId))
        .forEach(units::add);
    return measure(byArticle(units.stream().map(this::score).toList()), Map.of());
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

  private List<Candidate> measure(
      Map<String, List<Candidate.ScoredUnit>> scored, Map<String, Double> shares) {
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
    float[] its = unit.vector();
    float[] seen = its == null || question == null ? null : centre.view(its);
    double meaning = seen == null || question == null ? 0 : Math.max(0, dot(question, seen));
    return new Candidate.ScoredUnit(unit, words(unit), meaning, seen);
  }

  private WordLikeness words(Unit unit) {
    WordLikeness words = WordLikeness.of(asked.terms(), unit.terms());
    if (asked.bigrams().isEmpty()) {
      return words;
    }
    WordLikeness pairs = WordLikeness.of(asked.bigrams(), unit.bigrams());
    return asked.terms().isEmpty() ? pairs : words.mean(pairs);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
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
    for (Candidate.ScoredUnit u : units) {
      WordLikeness words = u.words();
      max(f, Feature.BEST_OVERLAP, words.overlap());
      max(f, Feature.BEST_COSINE, words.cosine());
      max(f, Feature.BEST_MEANING, u.meaning());
      switch (u.unit().kind()) {
        case TITLE -> {
          max(f, Feature.TITLE_COVERAGE, words.coverage());
          max(f, Feature.TITLE_RECALL, words.recall());
          max(f, Feature.TITLE_OVERLAP, words.overlap());
          max(f, Feature.TITLE_COSINE, words.cosine());
          max(f, Feature.TITLE_MEANING, u.meaning());
        }
        case PASSAGE -> {
          max(f, Feature.BODY_COVERAGE, words.coverage());
          max(f, Feature.BODY_RECALL, words.recall());
          max(f, Feature.BODY_MEANING, u.meaning());
        }
        case ASKED -> {
          f[Feature.HAS_ASKED.ordinal()] = 1;
          max(f, Feature.ASKED_COVERAGE, words.coverage());
          max(f, Feature.ASKED_OVERLAP, words.overlap());
          max(f, Feature.ASKED_MEANING, u.meaning());
        }
      }
    }
    together(units, f);
    f[Feature.NEIGHBOUR_SHARE.ordinal()] = share;
    List<Candidate.ScoredUnit> sorted = new ArrayList<>(units);
    sorted.sort(Comparator.comparingDouble(Candidate.ScoredUnit::nearness).reversed());
    return new Candidate(header, f, sorted);
  }

  /** What an article's units measure together. */
  private void together(List<Candidate.ScoredUnit> units, double[] f) {
    Map<String, Integer> terms = new HashMap<>();
    Map<String, Integer> pairs = new HashMap<>();
    double mass = 0;
    for (Candidate.ScoredUnit u : units) {
      u.unit().terms().forEach(term -> terms.merge(term, 1, Integer::sum));
      if (!asked.bigrams().isEmpty()) {
        u.unit().bigrams().forEach(pair -> pairs.merge(pair, 1, Integer::sum));
      }
      double overlap = u.words().overlap();
      mass += overlap > 0 ? Math.exp(10 * overlap) : 0;
    }
    WordLikeness union = WordLikeness.of(asked.terms(), terms.keySet());
    double cosine = cosine(asked.terms(), terms);
    if (!asked.bigrams().isEmpty()) {
      WordLikeness ofPairs = WordLikeness.of(asked.bigrams(), pairs.keySet());
      double cosineOfPairs = cosine(asked.bigrams(), pairs);
      union = asked.terms().isEmpty() ? ofPairs : union.mean(ofPairs);
      cosine = asked.terms().isEmpty() ? cosineOfPairs : (cosine + cosineOfPairs) / 2;
    }
    f[Feature.UNION_COVERAGE.ordinal()] = union.coverage();
    f[Feature.CENTRE_COSINE.ordinal()] = cosine;
    f[Feature.WORD_MASS.ordinal()] = mass <= 1 ? 0 : Math.log(mass) / 10;
    f[Feature.CENTRE_MEANING.ordinal()] = meaningOfMean(units, 0);
    f[Feature.FOCUS_MEANING.ordinal()] = meaningOfMean(units, FOCUS);
  }

  /** The cosine of a question's words and words that occur so often. */
  private static double cosine(Map<String, Double> question, Map<String, Integer> words) {
    double dot = 0;
    double length = 0;
    double squares = 0;
    for (Map.Entry<String, Double> term : question.entrySet()) {
      double weight = term.getValue();
      length += weight * weight;
      int count = words.getOrDefault(term.getKey(), 0);
      dot += weight * weight * count;
      squares += (weight * weight - WordLikeness.UNASKED_SQUARE) * count * count;
    }
    for (int count : words.values()) {
      squares += WordLikeness.UNASKED_SQUARE * count * count;
    }
    return dot == 0 ? 0 : dot / Math.sqrt(length * squares);
  }

  /** Meaning of the mean of units, those near the question counting the more the sharper. */
  private double meaningOfMean(List<Candidate.ScoredUnit> units, double sharpness) {
    if (question == null) {
      return 0;
    }
    float[] sum = new float[question.length];
    for (Candidate.ScoredUnit u : units) {
      float[] seen = u.seen();
      if (seen != null) {
        float weight = (float) Math.exp(sharpness * dot(question, seen));
        for (int i = 0; i < sum.length; i++) {
          sum[i] += weight * seen[i];
        }
      }
    }
    return Math.max(0, dot(question, sum) / Math.sqrt(Math.max(dot(sum, sum), 1e-12)));
  }

  private static void max(double[] features, Feature feature, double value) {
    features[feature.ordinal()] = Math.max(features[feature.ordinal()], value);
  }
}
