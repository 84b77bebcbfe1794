package io.gapcanary;

import org.jspecify.annotations.Nullable;

/**
 * A rate with what it is made of.
 *
 * @param part how many have it
 * @param whole out of how many
 * @param rate {@code part ÷ whole}, in [0, 1], to four places; {@code null} when there is none
 */
public record Share(int part, int whole, @Nullable Double rate) {
  /** The rate of so many out of so many. */
  public static Share of(int part, int whole) {
    return new Share(
        part, whole, whole == 0 ? null : Math.round(10_000.0 * part / whole) / 10_000.0);
  }
}
