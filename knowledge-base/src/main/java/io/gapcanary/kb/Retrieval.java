package io.gapcanary.kb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
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

  /** What the square of a weight comes to for words that only an article has. */
  private static final double UNASKED_SQUARE = 0.15;

  /** How much more a near unit counts than a far one in {@link Feature#FOCUS_MEANING}. */
  private static final double FOCUS = 4;

  private final UnitReader reader;
  private final AskedText asked;
  private final WeighedTerms terms;
  private final WeighedTerms bigrams;
  private final Map<String, Header> headers;
  private final Centre centre;

  /** The question's meaning as seen from the centre. */
  private final float @Nullable [] question;

  Retrieval(UnitReader reader, AskedText asked, Map<String, Header> headers, Centre centre) {
    this.reader = reader;
    this.asked = asked;
    this.terms = WeighedTerms.of(asked.terms());
    this.bigrams = WeighedTerms.of(asked.bigrams());
    this.headers = headers;
    this.centre = centre;
    this.question = asked.vector() == null ? null : centre.view(asked.vector());
  }

  /** Weighs a question's terms by how telling they are here, the most telling first. */
  static AskedText weigh(
      TermFrequencies frequencies,
      String language,
      Map<String, String> surfaces,
      List<String> bigrams,
      float @Nullable [] vector,
      boolean degraded)
      throws IOException {
    TermWeights weights = new TermWeights(frequencies);
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
    List<Unit> units = found(filter);
    units.removeIf(counts.negate());
    return measure(byArticle(new Trust(asked, centre).trusted(nearest(units))));
  }

  /**
   * The articles that contradict the question as a wording of an article, the one that most speaks
   * for first; none when it is believed, or is no wording of it.
   *
   * @param text the question as it was learned
   */
  List<String> contradicting(String articleId, String text, UnitFilter filter) throws IOException {
    List<Candidate.ScoredUnit> nearest = nearest(found(filter));
    Trust trust = new Trust(asked, centre);
    Set<String> contradicting = new LinkedHashSet<>();
    for (Candidate.ScoredUnit scored : nearest) {
      Unit unit = scored.unit();
      if (unit.kind() == Unit.Kind.ASKED
          && unit.articleId().equals(articleId)
          && unit.text().equals(text)) {
        List<String> its = trust.contradicting(scored, nearest);
        if (its.isEmpty()) {
          return List.of();
        }
        contradicting.addAll(its);
      }
    }
    return List.copyOf(contradicting);
  }

  /** The units that any search finds, in no order. */
  private List<Unit> found(UnitFilter filter) throws IOException {
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
    return units;
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
   * One article that no search led to, whatever it measures. Empty when the filter hides it all.
   */
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
    List<Unit> titles = new ArrayList<>(reader.units(docs).values());
    titles.addAll(reader.supposedTitles(untitled));
    for (Unit title : titles) {
      grouped.computeIfAbsent(title.articleId(), article -> new ArrayList<>()).add(score(title));
    }
    return grouped;
  }

  private List<Candidate> measure(Map<String, List<Candidate.ScoredUnit>> scored) {
    List<Candidate> candidates = new ArrayList<>();
    scored.forEach(
        (id, units) -> {
          Header header = headers.get(id);
          if (header != null) {
            candidates.add(candidate(header, units));
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
    WordLikeness words = terms.likeness(unit.terms());
    if (bigrams.isEmpty()) {
      return words;
    }
    WordLikeness pairs = bigrams.likeness(unit.bigrams());
    return terms.isEmpty() ? pairs : words.mean(pairs);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double dot(float[] a, float[] b) {
    return VectorUtil.dotProduct(a, b);
  }

  private Candidate candidate(Header header, List<Candidate.ScoredUnit> units) {
    double[] f = new double[Feature.COUNT];
    for (Candidate.ScoredUnit u : units) {
      WordLikeness words = u.words();
      max(f, Feature.BEST_OVERLAP, words.overlap());
      switch (u.unit().kind()) {
        case TITLE -> max(f, Feature.TITLE_RECALL, words.recall());
        case PASSAGE -> max(f, Feature.BODY_RECALL, words.recall());
        case ASKED -> f[Feature.HAS_ASKED.ordinal()] = 1;
      }
    }
    f[Feature.CENTRE_COSINE.ordinal()] = cosineOfAll(units);
    f[Feature.FOCUS_MEANING.ordinal()] = meaningOfMean(units);
    List<Candidate.ScoredUnit> sorted = new ArrayList<>(units);
    sorted.sort(Comparator.comparingDouble(Candidate.ScoredUnit::nearness).reversed());
    return new Candidate(header, f, sorted);
  }

  /** The cosine of the question's words and those of all units together. */
  private double cosineOfAll(List<Candidate.ScoredUnit> units) {
    double cosine = cosine(terms, units, Unit::terms);
    if (bigrams.isEmpty()) {
      return cosine;
    }
    double ofPairs = cosine(bigrams, units, Unit::bigrams);
    return terms.isEmpty() ? ofPairs : (cosine + ofPairs) / 2;
  }

  /** The cosine of a question's words and those of units, each as often as it occurs in them. */
  private static double cosine(
      WeighedTerms question, List<Candidate.ScoredUnit> units, Function<Unit, Set<String>> words) {
    List<PackedTerms> texts = new ArrayList<>(units.size());
    int[] counts = new int[question.size()];
    for (Candidate.ScoredUnit unit : units) {
      PackedTerms text = PackedTerms.of(words.apply(unit.unit()));
      texts.add(text);
      question.count(text, counts);
    }
    double dot = 0;
    double length = 0;
    double squares = UNASKED_SQUARE * squares(texts);
    for (int place = 0; place < counts.length; place++) {
      double square = question.weight(place) * question.weight(place);
      length += square;
      dot += square * counts[place];
      squares += (square - UNASKED_SQUARE) * counts[place] * counts[place];
    }
    return dot == 0 ? 0 : dot / Math.sqrt(length * squares);
  }

  /**
   * The sum of the squares of how often each word occurs: of all pairs of texts, one with itself
   * too, how many words they have in common.
   */
  private static long squares(List<PackedTerms> texts) {
    long squares = 0;
    for (int i = 0; i < texts.size(); i++) {
      squares += texts.get(i).size();
      for (int j = 0; j < i; j++) {
        squares += 2L * texts.get(i).common(texts.get(j));
      }
    }
    return squares;
  }

  /** Meaning of the mean of units, those near the question counting more. */
  private double meaningOfMean(List<Candidate.ScoredUnit> units) {
    if (question == null) {
      return 0;
    }
    float[] sum = new float[question.length];
    for (Candidate.ScoredUnit u : units) {
      float[] seen = u.seen();
      if (seen != null) {
        float weight = (float) Math.exp(FOCUS * dot(question, seen));
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
