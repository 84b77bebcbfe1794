package io.gapcanary;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A setting that past cases can be judged under again: see {@link Recalculations}. Settings that
 * shape what is stored (when cases close, what is masked, what makes the question) are none.
 */
public enum RecalculatedSetting {
  REPEAT_WINDOW(duration(DeskSettings::repeatWindow, DeskSettings.Builder::repeatWindow)),
  RECONNECT_WITHIN(duration(DeskSettings::reconnectWithin, DeskSettings.Builder::reconnectWithin)),
  SAME_SUBJECT(number(DeskSettings::sameSubject, DeskSettings.Builder::sameSubject)),
  GROUPING(number(DeskSettings::grouping, DeskSettings.Builder::grouping)),
  MERGING(number(DeskSettings::merging, DeskSettings.Builder::merging)),
  MINIMUM_CUSTOMERS(whole(DeskSettings::minimumCustomers, DeskSettings.Builder::minimumCustomers)),
  MINIMUM_ARTICLE_CUSTOMERS(
      whole(DeskSettings::minimumArticleCustomers, DeskSettings.Builder::minimumArticleCustomers)),
  UNFINDABLE_SHARE(number(DeskSettings::unfindableShare, DeskSettings.Builder::unfindableShare)),
  INCOMPLETE_RATIO(number(DeskSettings::incompleteRatio, DeskSettings.Builder::incompleteRatio)),
  INCOMPLETE_CONFIDENCE(
      number(DeskSettings::incompleteConfidence, DeskSettings.Builder::incompleteConfidence)),
  INCOMPLETE_CUSTOMERS(
      whole(DeskSettings::incompleteCustomers, DeskSettings.Builder::incompleteCustomers)),
  FLOOD_CASES(whole(DeskSettings::floodCases, DeskSettings.Builder::floodCases)),
  FLOOD_WITHIN(duration(DeskSettings::floodWithin, DeskSettings.Builder::floodWithin));

  /** How a setting is read and written as a text. */
  private record Form(
      Function<DeskSettings, String> text,
      BiFunction<DeskSettings.Builder, String, DeskSettings.Builder> set) {}

  @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
  private final Form form;

  RecalculatedSetting(Form form) {
    this.form = form;
  }

  private static Form duration(
      Function<DeskSettings, Duration> get,
      BiFunction<DeskSettings.Builder, Duration, DeskSettings.Builder> set) {
    return new Form(
        settings -> written(get.apply(settings)),
        (builder, text) -> set.apply(builder, parseDuration(text)));
  }

  private static Form number(
      Function<DeskSettings, Double> get,
      BiFunction<DeskSettings.Builder, Double, DeskSettings.Builder> set) {
    return new Form(
        settings -> String.valueOf(get.apply(settings)),
        (builder, text) -> set.apply(builder, Double.valueOf(text)));
  }

  private static Form whole(
      Function<DeskSettings, Integer> get,
      BiFunction<DeskSettings.Builder, Integer, DeskSettings.Builder> set) {
    return new Form(
        settings -> String.valueOf(get.apply(settings)),
        (builder, text) -> set.apply(builder, Integer.valueOf(text)));
  }

  /** Whole days, hours or minutes, as in the settings' file. */
  private static String written(Duration duration) {
    if (duration.toSeconds() % 86_400 == 0) {
      return duration.toDays() + "d";
    }
    if (duration.toSeconds() % 3600 == 0) {
      return duration.toHours() + "h";
    }
    return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toString();
  }

  private static Duration parseDuration(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    try {
      if (upper.matches("\\d{1,6}D")) {
        return Duration.parse("P" + upper);
      }
      return Duration.parse(upper.matches("\\d{1,6}[HMS]") ? "PT" + upper : upper);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no length of time such as 7d", e);
    }
  }

  /** The name in files and over HTTP, that of {@link DeskSettings}: {@code repeatWindow}. */
  public String settingName() {
    String[] words = name().toLowerCase(Locale.ROOT).split("_");
    return words[0]
        + Arrays.stream(words)
            .skip(1)
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
  }

  /** The setting of a name. */
  public static RecalculatedSetting parse(String name) {
    return Arrays.stream(values())
        .filter(setting -> setting.settingName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\""
                        + name
                        + "\" is no setting that past cases can be judged under again: there are "
                        + Arrays.stream(values())
                            .map(RecalculatedSetting::settingName)
                            .collect(Collectors.joining(", "))));
  }

  /** What it is, as a text: {@code 7d}, {@code 0.3}. */
  public String of(DeskSettings settings) {
    return form.text().apply(settings);
  }

  /**
   * The settings, this one changed.
   *
   * @throws IllegalArgumentException when the text is not one of its values
   */
  public DeskSettings with(DeskSettings settings, String text) {
    try {
      return settings.with(builder -> form.set().apply(builder, text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(settingName() + " must be a number", e);
    }
  }
}
