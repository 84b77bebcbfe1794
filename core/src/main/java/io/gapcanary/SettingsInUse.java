package io.gapcanary;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The settings in use: those that the desk was opened with, but for what people decided since.
 * Thread-safe.
 */
final class SettingsInUse implements Supplier<DeskSettings> {
  private final DeskSettings opened;
  private volatile DeskSettings now;

  /**
   * Begins with what was decided before.
   *
   * @param decided texts by the names of {@link RecalculatedSetting}
   */
  SettingsInUse(DeskSettings opened, Map<String, String> decided) {
    this.opened = opened;
    this.now = over(opened, decided);
  }

  private static DeskSettings over(DeskSettings settings, Map<String, String> decided) {
    DeskSettings over = settings;
    for (Map.Entry<String, String> one : decided.entrySet()) {
      over = RecalculatedSetting.parse(one.getKey()).with(over, one.getValue());
    }
    return over;
  }

  @Override
  public DeskSettings get() {
    return now;
  }

  /** Uses what was decided from now on. */
  void use(Map<String, String> decided) {
    now = over(opened, decided);
  }
}
