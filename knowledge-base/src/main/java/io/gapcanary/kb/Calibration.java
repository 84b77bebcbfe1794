package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what was measured into probabilities.
 *
 * <p>Two steps. A conditional logit model (McFadden 1974) ranks: an article's score is a weighted
 * sum of its {@link Feature}s, and its share of "if any article answers, it is this one" is the
 * softmax of the scores. A logistic regression then says, from the {@link Sign}s of the best
 * candidate and of the field behind it, how probable it is that any article answers at all. A
 * match's probability is the product.
 *
 * <p>The weights that ship were fitted on question sets of several desks, each desk counting the
 * same and re-weighted to 70 % answerable questions; docs/decisions has the figures.
 */
final class Calibration {
  /** What tells whether any article answers; the field is candidates 5 to 12. */
  enum Sign {
    /** {@link Feature#BEST_MEANING} of the best candidate. */
    BEST_MEANING,
    /** How far that lies above the field's mean. */
    MEANING_LEAD,
    /** {@link Feature#BEST_OVERLAP} of the best candidate. */
    BEST_OVERLAP,
    /** How far that lies above the field's mean. */
    OVERLAP_LEAD,
    /** {@link Feature#UNION_COVERAGE} of the best candidate. */
    UNION_COVERAGE,
    /** How far that lies above the field's mean. */
    COVERAGE_LEAD,
    /** {@link Feature#NEIGHBOUR_SHARE} of the best candidate. */
    NEIGHBOUR_SHARE,
    /** {@code log(1 + terms)} of the question. */
    LENGTH,
    /** {@link Feature#HAS_ASKED} of the best candidate. */
    HAS_ASKED,
    /** How far the best candidate's score lies above the field's mean. */
    SCORE_LEAD
  }

  static final Calibration WITH_MEANING =
      new Calibration(
          weights(
              Map.of(
                  Feature.TITLE_OVERLAP,
                  1.11,
                  Feature.UNION_COVERAGE,
                  2.34,
                  Feature.BEST_OVERLAP,
                  5.97,
                  Feature.TITLE_MEANING,
                  7.52,
                  Feature.BODY_MEANING,
                  2.31,
                  Feature.BEST_MEANING,
                  13.09,
                  Feature.MEANING_MASS,
                  26.93,
                  Feature.WORD_MASS,
                  -3.32,
                  Feature.NEIGHBOUR_SHARE,
                  3.62)),
          signs(
              Map.of(
                  Sign.BEST_MEANING,
                  12.599,
                  Sign.MEANING_LEAD,
                  6.515,
                  Sign.BEST_OVERLAP,
                  2.109,
                  Sign.UNION_COVERAGE,
                  -0.316,
                  Sign.OVERLAP_LEAD,
                  3.093,
                  Sign.NEIGHBOUR_SHARE,
                  0.597,
                  Sign.LENGTH,
                  -0.277,
                  Sign.HAS_ASKED,
                  -1.931,
                  Sign.SCORE_LEAD,
                  0.281)),
          -10.842,
          weights(
              Map.of(
                  Feature.UNION_COVERAGE,
                  0.132,
                  Feature.BEST_OVERLAP,
                  0.075,
                  Feature.BEST_MEANING,
                  0.662)),
          33.0,
          0.5);

  static final Calibration WORDS_ONLY =
      new Calibration(
          weights(
              Map.of(
                  Feature.TITLE_COVERAGE,
                  -4.64,
                  Feature.TITLE_OVERLAP,
                  28.69,
                  Feature.BODY_COVERAGE,
                  3.78,
                  Feature.ASKED_OVERLAP,
                  0.3,
                  Feature.UNION_COVERAGE,
                  2.74,
                  Feature.BEST_OVERLAP,
                  21.39,
                  Feature.WORD_MASS,
                  -3.27,
                  Feature.NEIGHBOUR_SHARE,
                  2.67)),
          signs(
              Map.of(
                  Sign.BEST_OVERLAP,
                  3.581,
                  Sign.UNION_COVERAGE,
                  3.351,
                  Sign.OVERLAP_LEAD,
                  5.081,
                  Sign.COVERAGE_LEAD,
                  -3.669,
                  Sign.NEIGHBOUR_SHARE,
                  3.042,
                  Sign.LENGTH,
                  1.435,
                  Sign.HAS_ASKED,
                  -0.135,
                  Sign.SCORE_LEAD,
                  0.149)),
          -6.937,
          weights(Map.of(Feature.UNION_COVERAGE, 0.203, Feature.BEST_OVERLAP, 0.121)),
          4.35,
          0.5);

  private static final int FIELD_FROM = 4;
  private static final int FIELD_TO = 12;

  private final double[] rank;
  private final Map<Sign, Double> signs;
  private final double intercept;

  /**
   * What an article that has nothing to do with the question measures: stands in where a desk has
   * few.
   */
  private final double[] emptyField;

  private final double emptyFieldScore;
  private final double floor;

  private Calibration(
      double[] rank,
      Map<Sign, Double> signs,
      double intercept,
      double[] emptyField,
      double emptyFieldScore,
      double floor) {
    this.rank = rank;
    this.signs = signs;
    this.intercept = intercept;
    this.emptyField = emptyField;
    this.emptyFieldScore = emptyFieldScore;
    this.floor = floor;
  }

  /** The weights of the signs. */
  Map<Sign, Double> weights() {
    return signs;
  }

  /** What the sum of the signs begins with. */
  double intercept() {
    return intercept;
  }

  /** The same ranking with other signs. */
  Calibration with(Map<Sign, Double> otherSigns, double otherIntercept, double otherFloor) {
    return new Calibration(
        rank, new EnumMap<>(otherSigns), otherIntercept, emptyField, emptyFieldScore, otherFloor);
  }

  /** The fitted part in one line, for keeping: see {@link #read}. */
  String written() {
    StringBuilder line = new StringBuilder("floor=" + floor + " intercept=" + intercept);
    signs.forEach((sign, weight) -> line.append(' ').append(sign).append('=').append(weight));
    return line.toString();
  }

  /**
   * What {@link #written} wrote, over this calibration.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  Calibration read(String line) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String part : line.split(" ")) {
      int equals = part.indexOf('=');
      values.put(part.substring(0, equals), Double.valueOf(part.substring(equals + 1)));
    }
    Map<Sign, Double> read = new EnumMap<>(Sign.class);
    signs.keySet().forEach(sign -> read.put(sign, values.getOrDefault(sign.name(), 0.0)));
    return with(
        read, values.getOrDefault("intercept", intercept), values.getOrDefault("floor", floor));
  }

  /** The probability below which nothing is suggested. */
  double floor() {
    return floor;
  }

  /**
   * A candidate's score: the higher, the likelier it is the one. A log-odds scale of no fixed zero.
   */
  double score(Candidate candidate) {
    double sum = 0;
    for (int i = 0; i < rank.length; i++) {
      sum += rank[i] * candidate.features()[i];
    }
    return sum;
  }

  /** What a candidate's {@link #score} is the sum of; features without a weight are left out. */
  List<Contribution> contributions(Candidate candidate) {
    List<Contribution> contributions = new ArrayList<>();
    for (Feature feature : Feature.values()) {
      double weight = rank[feature.ordinal()];
      if (weight != 0) {
        contributions.add(Contribution.of(feature, candidate.feature(feature), weight));
      }
    }
    return contributions;
  }

  /** Each candidate's share, in their order, of being the one if any is; sums to 1. */
  double[] shares(List<Candidate> candidates) {
    double best = candidates.stream().mapToDouble(this::score).max().orElse(0);
    double[] shares = candidates.stream().mapToDouble(c -> Math.exp(score(c) - best)).toArray();
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /** The probability that some candidate answers; candidates best first. */
  double answerable(List<Candidate> candidates, int terms) {
    if (candidates.isEmpty()) {
      return 0;
    }
    double sum = intercept;
    for (Map.Entry<Sign, Double> sign : signs.entrySet()) {
      sum += sign.getValue() * value(sign.getKey(), candidates, terms);
    }
    return SubjectLikeness.logistic(sum);
  }

  /** The signs that {@link #answerable} weighs, by name. */
  Map<Sign, Double> signs(List<Candidate> candidates, int terms) {
    Map<Sign, Double> values = new EnumMap<>(Sign.class);
    signs.keySet().forEach(sign -> values.put(sign, value(sign, candidates, terms)));
    return values;
  }

  /** What the log-odds of {@link #answerable} are the sum of, but for the intercept. */
  List<Contribution> contributions(List<Candidate> candidates, int terms) {
    return signs.entrySet().stream()
        .map(
            sign ->
                Contribution.of(
                    sign.getKey(), value(sign.getKey(), candidates, terms), sign.getValue()))
        .toList();
  }

  private double value(Sign sign, List<Candidate> candidates, int terms) {
    Candidate best = candidates.get(0);
    return switch (sign) {
      case BEST_MEANING -> best.feature(Feature.BEST_MEANING);
      case MEANING_LEAD -> lead(Feature.BEST_MEANING, candidates);
      case BEST_OVERLAP -> best.feature(Feature.BEST_OVERLAP);
      case OVERLAP_LEAD -> lead(Feature.BEST_OVERLAP, candidates);
      case UNION_COVERAGE -> best.feature(Feature.UNION_COVERAGE);
      case COVERAGE_LEAD -> lead(Feature.UNION_COVERAGE, candidates);
      case NEIGHBOUR_SHARE -> best.feature(Feature.NEIGHBOUR_SHARE);
      case LENGTH -> Math.log1p(terms);
      case HAS_ASKED -> best.feature(Feature.HAS_ASKED);
      case SCORE_LEAD -> scoreLead(candidates);
    };
  }

  private double lead(Feature feature, List<Candidate> candidates) {
    double field = 0;
    for (int i = FIELD_FROM; i < FIELD_TO; i++) {
      field +=
          i < candidates.size()
              ? candidates.get(i).feature(feature)
              : emptyField[feature.ordinal()];
    }
    return candidates.get(0).feature(feature) - field / (FIELD_TO - FIELD_FROM);
  }

  private double scoreLead(List<Candidate> candidates) {
    double field = 0;
    for (int i = FIELD_FROM; i < FIELD_TO; i++) {
      field += i < candidates.size() ? score(candidates.get(i)) : emptyFieldScore;
    }
    return score(candidates.get(0)) - field / (FIELD_TO - FIELD_FROM);
  }

  private static double[] weights(Map<Feature, Double> given) {
    double[] weights = new double[Feature.COUNT];
    given.forEach((feature, weight) -> weights[feature.ordinal()] = weight);
    return weights;
  }

  private static Map<Sign, Double> signs(Map<Sign, Double> given) {
    return new EnumMap<>(given);
  }

  /** Candidates, best first; ties by id. */
  List<Candidate> sorted(List<Candidate> candidates) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.comparingDouble(this::score).reversed().thenComparing(c -> c.header().id()));
    return sorted;
  }
}
