package io.gapcanary;

import org.jspecify.annotations.Nullable;

/**
 * What a person decides about a floor.
 *
 * @param floor the floor, a probability in (0, 1), or {@code null} to leave it to the product
 * @param by who decides; blank: {@code manager}
 */
public record FloorDecision(@Nullable Double floor, String by) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException when the floor is no probability in (0, 1)
   */
  public FloorDecision {
    if (floor != null) {
      requireProbability(floor);
    }
    by = by.isBlank() ? "manager" : by.strip();
  }

  static void requireProbability(double floor) {
    if (!(floor > 0 && floor < 1)) {
      throw new IllegalArgumentException("floor must lie between 0 and 1, not " + floor);
    }
  }
}
