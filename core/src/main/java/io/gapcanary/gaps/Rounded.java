package io.gapcanary.gaps;

/** Numbers for people: four places after the point. */
final class Rounded {
  private Rounded() {}

  static double to4(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
