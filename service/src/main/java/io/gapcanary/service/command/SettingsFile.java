package io.gapcanary.service.command;

import io.gapcanary.DeskSettings;
import io.gapcanary.WireName;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings' file: {@code name = value} lines in UTF-8, {@code #} for comments, with the names
 * of {@link DeskSettings}. What it leaves out keeps its default.
 */
public final class SettingsFile {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)\\s*([smhd])");

  /** Whatever a desk's settings can be built from can be set, by the same name. */
  private static final Map<String, Method> SETTERS = setters();

  private SettingsFile() {}

  private static Map<String, Method> setters() {
    Map<String, Method> setters = new TreeMap<>();
    for (Method method : DeskSettings.Builder.class.getMethods()) {
      if (method.getReturnType() == DeskSettings.Builder.class && method.getParameterCount() == 1) {
        setters.put(method.getName(), method);
      }
    }
    return setters;
  }

  /** The names of a desk's own settings; it may also have those of {@link ServiceSetting}. */
  public static Set<String> names() {
    return SETTERS.keySet();
  }

  /**
   * Reads the file.
   *
   * @throws CommandFailure naming the setting that is unknown or out of range
   */
  public static DeskSettings read(Path file) {
    return Configuration.of(file, Map.of(), Map.of()).deskSettings();
  }

  /**
   * What stands in the file, by the names of settings.
   *
   * @throws CommandFailure naming the setting that is unknown
   */
  static Map<String, String> texts(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "The settings in " + file + " cannot be read: they must be name = value lines in UTF-8",
          e);
    }
    Map<String, String> texts = new TreeMap<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (!Configuration.names().contains(name)) {
        throw new CommandFailure(file + ": there is no setting " + name + suggestion(name));
      }
      texts.put(name, properties.getProperty(name, "").strip());
    }
    return texts;
  }

  /**
   * Sets one of a desk's settings.
   *
   * @throws IllegalArgumentException when the text is not one of its values
   */
  static void set(DeskSettings.Builder builder, String name, String text) {
    Method setter = Objects.requireNonNull(SETTERS.get(name), name);
    try {
      setter.invoke(builder, value(setter.getParameterTypes()[0], text));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("Cannot set " + name, e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Cannot set " + name, e);
    }
  }

  private static Object value(Class<?> type, String text) {
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == double.class) {
      return number(text);
    }
    if (type == int.class) {
      return whole(text);
    }
    if (type == Map.class) {
      return weights(text);
    }
    if (type == List.class) {
      return words(text);
    }
    if (type == ZoneId.class) {
      return zone(text);
    }
    if (type == LocalTime.class) {
      return timeOfDay(text);
    }
    if (type == DeskSettings.Durability.class) {
      return WireName.parse(DeskSettings.Durability.class, "durability", text);
    }
    throw new IllegalStateException("No text can be read as " + type);
  }

  static String suggestion(String name) {
    return Configuration.names().stream()
        .filter(known -> known.regionMatches(true, 0, name, 0, Math.min(4, name.length())))
        .findFirst()
        .map(known -> "; " + known + " is meant, perhaps")
        .orElse("; there are " + String.join(", ", Configuration.names()));
  }

  static Duration duration(String text) {
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

  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no number", e);
    }
  }

  static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no whole number", e);
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is no time zone such as Asia/Seoul or UTC", e);
    }
  }

  private static LocalTime timeOfDay(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is no time of day such as 08:00", e);
    }
  }

  private static Map<String, Double> weights(String text) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String part : words(text)) {
      String[] pair = part.split("[:=]", 2);
      if (pair.length != 2) {
        throw new IllegalArgumentException(
            "is no list of names and numbers such as en:0.55, ko:0.5");
      }
      weights.put(pair[0].strip(), number(pair[1].strip()));
    }
    return weights;
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }
}
