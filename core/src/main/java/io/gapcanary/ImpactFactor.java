package io.gapcanary;

/** A factor of the impact's formula; see {@link Impact}. */
public enum ImpactFactor implements WireName {
  CASES_PER_WEEK("casesPerWeek"),
  MINUTES_PER_CASE("minutesPerCase"),
  /** Counts as {@code 1 + repeatRate}. */
  REPEAT_RATE("repeatRate"),
  REACH("reach"),
  SEGMENT_WEIGHT("segmentWeight"),
  TREND("trend");

  private final String wireName;

  ImpactFactor(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** What an impact is multiplied by, before the factor's weight. */
  public double of(Impact impact) {
    return switch (this) {
      case CASES_PER_WEEK -> impact.casesPerWeek();
      case MINUTES_PER_CASE -> impact.minutesPerCase();
      case REPEAT_RATE -> 1 + impact.repeatRate();
      case REACH -> impact.reach();
      case SEGMENT_WEIGHT -> impact.segmentWeight();
      case TREND -> impact.trend();
    };
  }
}
