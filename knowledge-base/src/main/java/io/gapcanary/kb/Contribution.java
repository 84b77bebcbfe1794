package io.gapcanary.kb;

import java.util.Locale;

/**
 * One term of a weighted sum, for explaining it.
 *
 * @param name what was measured: {@code best-meaning}
 * @param value what it measured
 * @param weight what one unit of it adds
 */
public record Contribution(String name, double value, double weight) {
  static Contribution of(Enum<?> measured, double value, double weight) {
    return new Contribution(name(measured), value, weight);
  }

  /** The name of something measured, in files and over HTTP. */
  static String name(Enum<?> measured) {
    return measured.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it adds to the sum: weight × value. */
  public double contribution() {
    return weight * value;
  }
}
