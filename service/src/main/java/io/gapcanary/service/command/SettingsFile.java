package io.gapcanary.service.command;

import io.gapcanary.DeskSettings;
import io.gapcanary.WireName;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings' file: {@code name = value} lines in UTF-8, {@code #} for comments, with the names
 * of {@link DeskSettings}. What it leaves out keeps its default.
 */
public final class SettingsFile {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)\\s*([smhd])");

  private static final Map<String, BiFunction<DeskSettings.Builder, String, DeskSettings.Builder>>
      SETTINGS = settings();

  private SettingsFile() {}

  /** One table: every setting, and how its text is read. */
  private static Map<String, BiFunction<DeskSettings.Builder, String, DeskSettings.Builder>>
      settings() {
    Map<String, BiFunction<DeskSettings.Builder, String, DeskSettings.Builder>> all =
        new LinkedHashMap<>();
    all.put("repeatWindow", (b, text) -> b.repeatWindow(duration(text)));
    all.put("reconnectWithin", (b, text) -> b.reconnectWithin(duration(text)));
    all.put("closeAfter", (b, text) -> b.closeAfter(duration(text)));
    all.put("floors", (b, text) -> b.floors(floors(text)));
    all.put("near", (b, text) -> b.near(number(text)));
    all.put("questionLength", (b, text) -> b.questionLength(whole(text)));
    all.put("sameSubject", (b, text) -> b.sameSubject(number(text)));
    all.put("grouping", (b, text) -> b.grouping(number(text)));
    all.put("groupingNeighbours", (b, text) -> b.groupingNeighbours(whole(text)));
    all.put("minimumCustomers", (b, text) -> b.minimumCustomers(whole(text)));
    all.put("minimumArticleCustomers", (b, text) -> b.minimumArticleCustomers(whole(text)));
    all.put("unfindableShare", (b, text) -> b.unfindableShare(number(text)));
    all.put("unfindableConfidence", (b, text) -> b.unfindableConfidence(number(text)));
    all.put("incompleteRatio", (b, text) -> b.incompleteRatio(number(text)));
    all.put("incompleteMargin", (b, text) -> b.incompleteMargin(number(text)));
    all.put("incompleteConfidence", (b, text) -> b.incompleteConfidence(number(text)));
    all.put("incompleteCustomers", (b, text) -> b.incompleteCustomers(whole(text)));
    all.put("priorRepeatRate", (b, text) -> b.priorRepeatRate(number(text)));
    all.put("priorCases", (b, text) -> b.priorCases(number(text)));
    all.put("impactHalfLife", (b, text) -> b.impactHalfLife(duration(text)));
    all.put("phoneRegions", (b, text) -> b.phoneRegions(words(text)));
    all.put("durability", (b, text) -> b.durability(durability(text)));
    return all;
  }

  /** The names that it may have. */
  public static Set<String> names() {
    return SETTINGS.keySet();
  }

  /**
   * Reads the file.
   *
   * @throws CommandFailure naming the setting that is unknown or out of range
   */
  public static DeskSettings read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "The settings in " + file + " cannot be read: they must be name = value lines in UTF-8",
          e);
    }
    DeskSettings settings = DeskSettings.DEFAULT;
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (!SETTINGS.containsKey(name)) {
        throw new CommandFailure(file + ": there is no setting " + name + suggestion(name));
      }
    }
    try {
      settings = settings.with(builder -> apply(properties, builder));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file + ": " + e.getMessage(), e);
    }
    return settings;
  }

  private static DeskSettings.Builder apply(Properties properties, DeskSettings.Builder builder) {
    DeskSettings.Builder changed = builder;
    for (Map.Entry<String, BiFunction<DeskSettings.Builder, String, DeskSettings.Builder>> setting :
        SETTINGS.entrySet()) {
      String text = properties.getProperty(setting.getKey());
      if (text != null) {
        changed = read(setting.getKey(), setting.getValue(), changed, text.strip());
      }
    }
    return changed;
  }

  private static DeskSettings.Builder read(
      String name,
      BiFunction<DeskSettings.Builder, String, DeskSettings.Builder> reader,
      DeskSettings.Builder builder,
      String text) {
    try {
      return reader.apply(builder, text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " = " + text + ": " + e.getMessage(), e);
    }
  }

  private static String suggestion(String name) {
    return SETTINGS.keySet().stream()
        .filter(known -> known.equalsIgnoreCase(name) || known.startsWith(name))
        .findFirst()
        .map(known -> "; " + known + " is meant, perhaps")
        .orElse("; there are " + String.join(", ", SETTINGS.keySet()));
  }

  private static Duration duration(String text) {
    Matcher m = SHORT_DURATION.matcher(text);
    if (m.matches()) {
      long count = Long.parseLong(m.group(1));
      return switch (m.group(2)) {
        case "s" -> Duration.ofSeconds(count);
        case "m" -> Duration.ofMinutes(count);
        case "h" -> Duration.ofHours(count);
        default -> Duration.ofDays(count);
      };
    }
    try {
      return Duration.parse(text.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("is no length of time such as 7d, 15m or PT12H", e);
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no number", e);
    }
  }

  private static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no whole number", e);
    }
  }

  private static Map<String, Double> floors(String text) {
    Map<String, Double> floors = new LinkedHashMap<>();
    for (String part : words(text)) {
      String[] pair = part.split("[:=]", 2);
      if (pair.length != 2) {
        throw new IllegalArgumentException("is no list of floors such as en:0.55, ko:0.5");
      }
      floors.put(pair[0].strip(), number(pair[1].strip()));
    }
    return floors;
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  private static DeskSettings.Durability durability(String text) {
    return WireName.parse(DeskSettings.Durability.class, "durability", text);
  }
}
