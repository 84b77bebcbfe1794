package io.gapcanary;

import java.util.Map;

/**
 * Under what past cases are to be judged again. What it leaves out stays as it is.
 *
 * @param settings texts by setting: {@code 3d}, {@code 0.4}
 * @param floors floors by language, probabilities in (0, 1)
 * @param by who asks; blank: {@code manager}
 */
public record RecalculationRequest(
    Map<RecalculatedSetting, String> settings, Map<String, Double> floors, String by) {
  /**
   * Takes copies and checks the floors.
   *
   * @throws IllegalArgumentException when a floor is no probability in (0, 1)
   */
  public RecalculationRequest {
    settings = Map.copyOf(settings);
    floors = Map.copyOf(floors);
    floors.values().forEach(FloorDecision::requireProbability);
    by = by.isBlank() ? "manager" : by.strip();
  }

  /** The settings, changed. */
  DeskSettings over(DeskSettings before) {
    DeskSettings after = before;
    for (Map.Entry<RecalculatedSetting, String> one : settings.entrySet()) {
      after = one.getKey().with(after, one.getValue());
    }
    return after;
  }
}
