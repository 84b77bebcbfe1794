package io.gapcanary;

import org.jspecify.annotations.Nullable;

/**
 * A mean length of time, with how many cases it is of.
 *
 * @param cases how many
 * @param minutes their mean, to one tenth; {@code null} when there is none
 */
public record MeanMinutes(int cases, @Nullable Double minutes) {
  /** The mean of a sum over so many cases. */
  public static MeanMinutes of(double sum, int cases) {
    return new MeanMinutes(cases, cases == 0 ? null : Math.round(10 * sum / cases) / 10.0);
  }
}
