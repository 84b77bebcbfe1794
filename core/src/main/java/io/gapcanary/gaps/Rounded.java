package io.gapcanary.gaps;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
final class Rounded {
  private Rounded() {}

  /** Four places after the point: for shares. */
  static double to4(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  /** Four significant digits: for what may be small and must still rank. */
  static double toDigits(double value) {
    return value == 0 || !Double.isFinite(value)
        ? value
        : BigDecimal.valueOf(value).round(new MathContext(4)).doubleValue();
  }
}
