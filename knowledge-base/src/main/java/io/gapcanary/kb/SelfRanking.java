package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.List;

/**
 * Fits the ranking to one desk, on its learned wordings, each of which is asked with itself left
 * out and should find its own article.
 *
 * <p>The fit is a maximum a posteriori conditional logit (McFadden 1974) whose prior is the ranking
 * that ships.
 */
final class SelfRanking {
  /**
   * How firmly the shipped weights hold, in wordings for a weight of one standard deviation of its
   * feature.
   */
  private static final double PRIOR = 10;

  private final Calibration shipped;
  private final List<double[][]> questions = new ArrayList<>();
  private final List<Integer> right = new ArrayList<>();
  private final double[] deviation;
  private final double[] prior;

  SelfRanking(Calibration shipped, List<Labelled.Asking> askings) {
    this.shipped = shipped;
    this.deviation = deviation(askings);
    double[] weights = shipped.rank();
    this.prior = new double[Feature.COUNT];
    for (int j = 0; j < prior.length; j++) {
      prior[j] = weights[j] * deviation[j];
    }
    for (Labelled.Asking asking : askings) {
      add(asking);
    }
  }

  private static double[] deviation(List<Labelled.Asking> askings) {
    double[] sum = new double[Feature.COUNT];
    double[] squares = new double[Feature.COUNT];
    int count = 0;
    for (Labelled.Asking asking : askings) {
      for (Candidate candidate : asking.present()) {
        count++;
        for (int j = 0; j < sum.length; j++) {
          double x = candidate.features()[j];
          sum[j] += x;
          squares[j] += x * x;
        }
      }
    }
    double[] deviation = new double[Feature.COUNT];
    for (int j = 0; j < deviation.length; j++) {
      double mean = sum[j] / Math.max(1, count);
      deviation[j] =
          Math.max(1e-3, Math.sqrt(Math.max(0, squares[j] / Math.max(1, count) - mean * mean)));
    }
    return deviation;
  }

  private void add(Labelled.Asking asking) {
    List<Candidate> candidates = asking.present();
    double[][] rows = new double[candidates.size()][Feature.COUNT];
    double sharpness = shipped.sharpness(asking.terms());
    int rightOne = -1;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < Feature.COUNT; j++) {
        rows[i][j] = sharpness * candidates.get(i).features()[j] / deviation[j];
      }
      rightOne = candidates.get(i).header().id().equals(asking.article()) ? i : rightOne;
    }
    if (rightOne >= 0) {
      questions.add(rows);
      right.add(rightOne);
    }
  }

  /** The calibration with the ranking of this desk. */
  Calibration fit() {
    double[] found = Newton.minimise(new Posterior(), prior);
    double[] weights = new double[Feature.COUNT];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = found[j] / deviation[j];
    }
    return shipped.ranking(weights);
  }

  /** Shares of the candidates of a question. */
  private static double[] shares(double[][] rows, double[] weights) {
    double[] shares = new double[rows.length];
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < rows.length; i++) {
      shares[i] = Retrieval.dot(rows[i], weights);
      best = Math.max(best, shares[i]);
    }
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      shares[i] = Math.exp(shares[i] - best);
      sum += shares[i];
    }
    for (int i = 0; i < rows.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  private final class Posterior implements Newton.Loss {
    @Override
    public double at(double[] x) {
      double loss = 0;
      for (int q = 0; q < questions.size(); q++) {
        loss -= Math.log(Math.max(1e-300, shares(questions.get(q), x)[right.get(q)]));
      }
      for (int j = 0; j < x.length; j++) {
        loss += PRIOR * (x[j] - prior[j]) * (x[j] - prior[j]) / 2;
      }
      return loss;
    }

    @Override
    public void derivatives(double[] x, double[] gradient, double[][] hessian) {
      for (int q = 0; q < questions.size(); q++) {
        double[][] rows = questions.get(q);
        double[] shares = shares(rows, x);
        double[] mean = new double[x.length];
        for (int i = 0; i < rows.length; i++) {
          for (int j = 0; j < x.length; j++) {
            mean[j] += shares[i] * rows[i][j];
          }
        }
        for (int i = 0; i < rows.length; i++) {
          double error = shares[i] - (i == right.get(q) ? 1 : 0);
          for (int j = 0; j < x.length; j++) {
            gradient[j] += error * rows[i][j];
            double weighted = shares[i] * (rows[i][j] - mean[j]);
            for (int k = 0; k < x.length; k++) {
              hessian[j][k] += weighted * (rows[i][k] - mean[k]);
            }
          }
        }
      }
      for (int j = 0; j < x.length; j++) {
        gradient[j] += PRIOR * (x[j] - prior[j]);
        hessian[j][j] += PRIOR;
      }
    }
  }
}
