package io.gapcanary.kb;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
 * same and re-weighted to 70 % answerable questions; a desk's own texts then move them, see {@link
 * Labelled}. docs/decisions has the figures.
 */
final class Calibration {
  /** What tells whether any article answers; the field is candidates 5 to 12. */
  enum Sign {
    FOCUS_MEANING(Feature.FOCUS_MEANING, false),
    BEST_OVERLAP(Feature.BEST_OVERLAP, false),
    OVERLAP_LEAD(Feature.BEST_OVERLAP, true),
    CENTRE_COSINE(Feature.CENTRE_COSINE, false),
    TITLE_RECALL(Feature.TITLE_RECALL, false),
    HAS_ASKED(Feature.HAS_ASKED, false),
    /** {@code log(1 + terms)} of the question. */
    LENGTH(null, false),
    /**
     * The share of the first few: where any of many candidates might be the one, none can be shown.
     */
    SHOWN(null, false);

    private final @Nullable Feature feature;
    private final boolean lead;

    /**
     * @param feature the feature of the best candidate, or {@code null} for a sign of its own
     * @param lead whether how far it lies above the field's mean counts, and not itself
     */
    Sign(@Nullable Feature feature, boolean lead) {
      this.feature = feature;
      this.lead = lead;
    }
  }

  static final Calibration WITH_MEANING = shipped("with-meaning.properties");

  static final Calibration WORDS_ONLY = shipped("words-only.properties");

  /** Matches that an agent sees. */
  private static final int SHOWN = 3;

  private static final double USUAL_TERMS = 7;

  private static final int FIELD_FROM = 4;
  private static final int FIELD_TO = 12;

  private final double[] rank;
  private final double length;
  private final Map<Sign, Double> signs;
  private final double intercept;

  /**
   * What an article that has nothing to do with the question measures: stands in where a desk has
   * few.
   */
  private final double[] emptyField;

  private final double floor;

  private Calibration(
      double[] rank,
      double length,
      Map<Sign, Double> signs,
      double intercept,
      double[] emptyField,
      double floor) {
    this.rank = rank;
    this.length = length;
    this.signs = signs;
    this.intercept = intercept;
    this.emptyField = emptyField;
    this.floor = floor;
  }

  private static Calibration shipped(String resource) {
    Properties read = new Properties();
    try (InputStream in =
            Objects.requireNonNull(Calibration.class.getResourceAsStream(resource), resource);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      read.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
    Map<String, Double> values = new TreeMap<>();
    read.stringPropertyNames().forEach(k -> values.put(k, Double.valueOf(read.getProperty(k))));
    double[] none = new double[Feature.COUNT];
    return new Calibration(none, 0, Map.of(), 0, features("empty.", values, none), 0).with(values);
  }

  private static double[] features(String prefix, Map<String, Double> values, double[] otherwise) {
    double[] features = otherwise.clone();
    for (Feature feature : Feature.values()) {
      features[feature.ordinal()] =
          values.getOrDefault(prefix + feature.name(), otherwise[feature.ordinal()]);
    }
    return features;
  }

  private Calibration with(Map<String, Double> values) {
    Map<Sign, Double> read = new EnumMap<>(Sign.class);
    read.putAll(signs);
    for (Sign sign : Sign.values()) {
      Double weight = values.get("sign." + sign.name());
      if (weight != null) {
        read.put(sign, weight);
      }
    }
    return new Calibration(
        features("rank.", values, rank),
        values.getOrDefault("length", length),
        read,
        values.getOrDefault("intercept", intercept),
        emptyField,
        values.getOrDefault("floor", floor));
  }

  /** The weights of the features in the ranking, by ordinal. */
  double[] rank() {
    return rank.clone();
  }

  /** The weights of the signs. */
  Map<Sign, Double> weights() {
    return signs;
  }

  /** What the sum of the signs begins with. */
  double intercept() {
    return intercept;
  }

  /** The same with another ranking. */
  Calibration ranking(double[] weights) {
    return new Calibration(weights, length, signs, intercept, emptyField, floor);
  }

  /** The same ranking with other signs. */
  Calibration with(Map<Sign, Double> otherSigns, double otherIntercept, double otherFloor) {
    return new Calibration(
        rank, length, new EnumMap<>(otherSigns), otherIntercept, emptyField, otherFloor);
  }

  /** The fitted part in one line, for keeping: see {@link #read}. */
  String written() {
    StringBuilder line = new StringBuilder("floor=" + floor + " intercept=" + intercept);
    for (Feature feature : Feature.values()) {
      line.append(" rank.").append(feature.name()).append('=').append(rank[feature.ordinal()]);
    }
    signs.forEach(
        (sign, weight) -> line.append(" sign.").append(sign.name()).append('=').append(weight));
    return line.toString();
  }

  /**
   * What {@link #written} wrote, over this calibration.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  Calibration read(String line) {
    Map<String, Double> values = new TreeMap<>();
    for (String part : line.split(" ")) {
      int equals = part.indexOf('=');
      values.put(part.substring(0, equals), Double.valueOf(part.substring(equals + 1)));
    }
    return with(values);
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

  /**
   * What a question's scores are multiplied by before they become shares: the longer it is, the
   * more a difference between two articles tells, {@code ((1 + terms) / 7)^length}.
   */
  double sharpness(int terms) {
    return Math.pow((1 + terms) / USUAL_TERMS, length);
  }

  /** Each candidate's share, in their order, of being the one if any is; sums to 1. */
  double[] shares(List<Candidate> candidates, int terms) {
    double sharpness = sharpness(terms);
    double best = candidates.stream().mapToDouble(this::score).max().orElse(0);
    double[] shares =
        candidates.stream().mapToDouble(c -> Math.exp(sharpness * (score(c) - best))).toArray();
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
    Feature feature = sign.feature;
    if (feature != null) {
      return sign.lead ? lead(feature, candidates) : candidates.get(0).feature(feature);
    }
    return sign == Sign.LENGTH ? Math.log1p(terms) : shown(candidates, terms);
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

  private double shown(List<Candidate> candidates, int terms) {
    double[] shares = shares(candidates, terms);
    double shown = 0;
    for (int i = 0; i < Math.min(SHOWN, shares.length); i++) {
      shown += shares[i];
    }
    return shown;
  }

  /** Candidates, best first; ties by id. */
  List<Candidate> sorted(List<Candidate> candidates) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.comparingDouble(this::score).reversed().thenComparing(c -> c.header().id()));
    return sorted;
  }
}
