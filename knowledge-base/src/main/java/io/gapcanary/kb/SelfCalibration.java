package io.gapcanary.kb;

import io.gapcanary.kb.Calibration.Sign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Fits the probability that some article answers to one desk, on questions that it {@link Labelled
 * labelled itself}.
 *
 * <p>The fit is a maximum a posteriori logistic regression whose prior is the calibration that
 * ships, so that few wordings move it little and many move it as far as they tell. Answered
 * questions weigh 70 %.
 */
final class SelfCalibration {
  /** Share of questions that are taken to be answerable: a desk cannot know its own. */
  static final double ANSWERABLE = 0.7;

  /**
   * How firmly the shipped weights hold, in labelled questions for a weight of one standard
   * deviation: {@code 40 + 12,000 ÷ texts}, for few texts are of few articles and tell less than
   * their number.
   */
  private static final double FIRMNESS = 40;

  private static final double FIRMNESS_OF_FEW = 12_000;

  /**
   * How firmly the shipped intercept holds: {@code 2 + 1200 ÷ articles}. Desks differ in it more
   * than in anything else, and a desk's own texts tell it; but what is withheld stands for what a
   * desk lacks, and few articles are few examples of that.
   */
  private static final double INTERCEPT_FIRMNESS = 2;

  private static final double INTERCEPT_FIRMNESS_OF_FEW = 1200;

  /** A text weighs as much whether it is asked three times or, on a small desk, twice. */
  private static final int QUESTIONS_A_TEXT = 3;

  /** Floors whose F1 differs by less than this are as good as each other. */
  private static final double AS_GOOD = 0.01;

  private static final double LOWEST_FLOOR = 0.3;
  private static final double HIGHEST_FLOOR = 0.8;

  /**
   * A question asked with its article there or withheld.
   *
   * @param signs what was measured
   * @param answerable whether its article was there
   * @param share how much it counts beside others of its kind, greater than 0
   */
  record Sample(Map<Sign, Double> signs, boolean answerable, double share) {}

  private final Calibration shipped;
  private final List<Sign> order;
  private final List<double[]> rows = new ArrayList<>();
  private final List<Sample> samples;
  private final double[] weights;
  private final double firmness;
  private final double interceptFirmness;
  private final double[] mean;
  private final double[] deviation;

  /**
   * @param articles how many articles the samples are of
   */
  SelfCalibration(Calibration shipped, List<Sample> samples, int articles) {
    this.shipped = shipped;
    this.samples = samples;
    this.order = List.copyOf(shipped.weights().keySet());
    this.mean = new double[order.size()];
    this.deviation = new double[order.size()];
    this.weights = sampleWeights(samples);
    this.firmness = firmness(samples.stream().filter(Sample::answerable).count());
    this.interceptFirmness = INTERCEPT_FIRMNESS + INTERCEPT_FIRMNESS_OF_FEW / Math.max(1, articles);
    standardise();
  }

  private static double firmness(long texts) {
    return FIRMNESS + FIRMNESS_OF_FEW / Math.max(1, texts);
  }

  private static double[] sampleWeights(List<Sample> samples) {
    double weight = (double) QUESTIONS_A_TEXT * samples.stream().filter(Sample::answerable).count();
    double positives = shares(samples, true);
    double negatives = shares(samples, false);
    return samples.stream()
        .mapToDouble(
            s ->
                weight
                    * s.share()
                    * (s.answerable() ? ANSWERABLE / positives : (1 - ANSWERABLE) / negatives))
        .toArray();
  }

  private static double shares(List<Sample> samples, boolean answerable) {
    return samples.stream()
        .filter(s -> s.answerable() == answerable)
        .mapToDouble(Sample::share)
        .sum();
  }

  private void standardise() {
    for (int j = 0; j < order.size(); j++) {
      Sign sign = order.get(j);
      double m =
          samples.stream().mapToDouble(s -> s.signs().getOrDefault(sign, 0.0)).average().orElse(0);
      double v =
          samples.stream()
              .mapToDouble(s -> Math.pow(s.signs().getOrDefault(sign, 0.0) - m, 2))
              .average()
              .orElse(0);
      mean[j] = m;
      deviation[j] = Math.max(Math.sqrt(v), 1e-6);
    }
    for (Sample sample : samples) {
      double[] row = new double[order.size() + 1];
      row[0] = 1;
      for (int j = 0; j < order.size(); j++) {
        row[j + 1] = (sample.signs().getOrDefault(order.get(j), 0.0) - mean[j]) / deviation[j];
      }
      rows.add(row);
    }
  }

  /** The calibration of this desk. */
  Calibration fit() {
    double[] prior = prior();
    double[] beta = Newton.minimise(new Posterior(prior), prior);
    Map<Sign, Double> fitted = new EnumMap<>(Sign.class);
    double intercept = beta[0];
    for (int j = 0; j < order.size(); j++) {
      fitted.put(order.get(j), beta[j + 1] / deviation[j]);
      intercept -= beta[j + 1] * mean[j] / deviation[j];
    }
    return shipped.with(fitted, intercept, floor(beta));
  }

  /** The shipped weights in this desk's standard units. */
  private double[] prior() {
    double[] prior = new double[order.size() + 1];
    prior[0] = shipped.intercept();
    for (int j = 0; j < order.size(); j++) {
      double weight = shipped.weights().getOrDefault(order.get(j), 0.0);
      prior[j + 1] = weight * deviation[j];
      prior[0] += weight * mean[j];
    }
    return prior;
  }

  private final class Posterior implements Newton.Loss {
    private final double[] prior;

    Posterior(double[] prior) {
      this.prior = prior;
    }

    @Override
    public double at(double[] beta) {
      double loss = 0;
      for (int i = 0; i < rows.size(); i++) {
        double p = probability(beta, rows.get(i));
        loss -= weights[i] * Math.log(Math.max(1e-12, samples.get(i).answerable() ? p : 1 - p));
      }
      for (int j = 0; j < beta.length; j++) {
        loss += hold(j) * Math.pow(beta[j] - prior[j], 2) / 2;
      }
      return loss;
    }

    @Override
    public void derivatives(double[] beta, double[] gradient, double[][] hessian) {
      int n = beta.length;
      for (int i = 0; i < rows.size(); i++) {
        double[] x = rows.get(i);
        double p = probability(beta, x);
        double error = weights[i] * (p - (samples.get(i).answerable() ? 1 : 0));
        double curvature = weights[i] * Math.max(p * (1 - p), 1e-6);
        for (int j = 0; j < n; j++) {
          gradient[j] += error * x[j];
          for (int k = 0; k < n; k++) {
            hessian[j][k] += curvature * x[j] * x[k];
          }
        }
      }
      for (int j = 0; j < n; j++) {
        gradient[j] += hold(j) * (beta[j] - prior[j]);
        hessian[j][j] += hold(j);
      }
    }
  }

  private double hold(int weight) {
    return weight == 0 ? interceptFirmness : firmness;
  }

  private static double probability(double[] beta, double[] x) {
    double sum = 0;
    for (int j = 0; j < beta.length; j++) {
      sum += beta[j] * x[j];
    }
    return SubjectLikeness.logistic(sum);
  }

  /**
   * Half way between the shipped floor and the one at which refusing the unanswerable has its best
   * F1 here: what a desk makes up is not all like what it will be asked. Where many are about as
   * good, the best is the middle of them.
   */
  private double floor(double[] beta) {
    List<Scored> scored = new ArrayList<>();
    double unanswerable = 0;
    for (int i = 0; i < rows.size(); i++) {
      boolean answerable = samples.get(i).answerable();
      scored.add(new Scored(probability(beta, rows.get(i)), answerable, weights[i]));
      unanswerable += answerable ? 0 : weights[i];
    }
    scored.sort(Comparator.comparingDouble(Scored::probability));
    double[] f1 = f1(scored, unanswerable);
    double asGood = Arrays.stream(f1).max().orElse(0) - AS_GOOD;
    double lowest = 1;
    double highest = 0;
    for (int i = 0; i < f1.length; i++) {
      if (f1[i] >= asGood) {
        lowest = Math.min(lowest, scored.get(i).probability());
        highest = Math.max(highest, scored.get(i).probability());
      }
    }
    return (shipped.floor() + Math.clamp((lowest + highest) / 2, LOWEST_FLOOR, HIGHEST_FLOOR)) / 2;
  }

  private record Scored(double probability, boolean answerable, double weight) {}

  /** The F1 of refusing each and all before it. */
  private static double[] f1(List<Scored> scored, double unanswerable) {
    double[] f1 = new double[scored.size()];
    double refused = 0;
    double rightly = 0;
    for (int i = 0; i < f1.length; i++) {
      refused += scored.get(i).weight();
      rightly += scored.get(i).answerable() ? 0 : scored.get(i).weight();
      f1[i] = 2 * rightly / (refused + unanswerable);
    }
    return f1;
  }
}
