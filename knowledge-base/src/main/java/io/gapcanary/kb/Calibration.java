package io.gapcanary.kb;

/** Turns measurements into probabilities. */
record Calibration(double[] rank, double sharpness, double[] answerable, double floor) {
  static final Calibration WITH_MEANING =
      new Calibration(weights(true), 1, new double[] {0, 0}, 0.5);
  static final Calibration WORDS_ONLY =
      new Calibration(weights(false), 1, new double[] {0, 0}, 0.5);

  private static double[] weights(boolean meaning) {
    double[] w = new double[Feature.COUNT];
    w[Feature.BEST_OVERLAP.ordinal()] = 4;
    w[Feature.UNION_COVERAGE.ordinal()] = 3;
    w[Feature.BEST_MEANING.ordinal()] = meaning ? 12 : 0;
    return w;
  }

  double rank(double[] features) {
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      sum += rank[i] * features[i];
    }
    return sum;
  }
}
