package io.gapcanary.service.command;

import io.gapcanary.DeskSettings;
import io.gapcanary.WireName;
import io.gapcanary.service.text.Voice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every setting with where it comes from: an option of the command, else the environment, else the
 * settings' file, else the default.
 *
 * <p>In the environment {@code repeatWindow} is {@code GAPCANARY_REPEAT_WINDOW}. Other variables of
 * that beginning are left alone: an orchestrator may set some for reasons of its own.
 */
public final class Configuration {
  private static final String PREFIX = "GAPCANARY_";
  private static final String HIDDEN = "********";

  /** Variables of that beginning that are known, and are no settings. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          PREFIX + "EMBEDDER_KEY",
          PREFIX + "JAVA_OPTS",
          PREFIX + "DEBUG",
          PREFIX + "REQUIRE_BROWSER");

  private final Map<String, Value> given;
  private final List<String> unknownVariables;

  private Configuration(Map<String, Value> given, List<String> unknownVariables) {
    this.given = given;
    this.unknownVariables = unknownVariables;
  }

  /** Where a setting comes from, weakest first. */
  public enum Source implements WireName {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG
  }

  /**
   * A setting.
   *
   * @param name as in the file
   * @param text as it was written
   * @param source where it comes from
   * @param place the file or the variable; empty for others
   */
  public record Value(String name, String text, Source source, String place) {
    /** Where it comes from, for people. */
    public String from(Voice voice) {
      String key = "config." + source.wireName();
      return place.isEmpty() ? voice.say(key) : voice.say(key, place);
    }

    /** The same, without what is secret. */
    private Value shown() {
      return ServiceSetting.isSecret(name) && !text.isEmpty()
          ? new Value(name, HIDDEN, source, place)
          : this;
    }

    private String named() {
      return switch (source) {
        case DEFAULT -> name;
        case FILE -> place + ": " + name;
        case ENVIRONMENT -> place;
        case FLAG -> "--set " + name;
      };
    }
  }

  /**
   * Gathers them.
   *
   * @param file the settings' file, or {@code null} for none
   * @param environment the process's
   * @param flags what options say, by the names of settings
   * @throws CommandFailure naming what is no setting
   */
  public static Configuration of(
      @Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
    Map<String, Value> given = new TreeMap<>();
    if (file != null) {
      SettingsFile.texts(file)
          .forEach(
              (name, text) -> given.put(name, new Value(name, text, Source.FILE, file.toString())));
    }
    names()
        .forEach(
            name -> {
              String variable = variable(name);
              String text = environment.get(variable);
              if (text != null && !isOfAnOrchestrator(variable, text)) {
                given.put(name, new Value(name, text.strip(), Source.ENVIRONMENT, variable));
              }
            });
    flags.forEach(
        (name, text) -> {
          requireSetting(name);
          requireNoSecret(name);
          given.put(name, new Value(name, text.strip(), Source.FLAG, ""));
        });
    return new Configuration(given, unknown(environment));
  }

  /** Kubernetes sets this for a service that is called gapcanary. */
  private static boolean isOfAnOrchestrator(String variable, String text) {
    return variable.equals("GAPCANARY_PORT") && text.startsWith("tcp://");
  }

  private static void requireSetting(String name) {
    if (!names().contains(name)) {
      throw new CommandFailure(
          "--set: there is no setting " + name + SettingsFile.suggestion(name));
    }
  }

  /** Whoever uses the computer can read the options of a process. */
  private static void requireNoSecret(String name) {
    if (ServiceSetting.isSecret(name)) {
      throw new CommandFailure(
          "--set: "
              + name
              + " is a secret that others could read there: put it into "
              + variable(name)
              + ", the settings' file or "
              + name
              + "File");
    }
  }

  private static List<String> unknown(Map<String, String> environment) {
    List<String> unknown = new ArrayList<>(new TreeSet<>(environment.keySet()));
    Set<String> known = new TreeSet<>(NO_SETTINGS);
    names().forEach(name -> known.add(variable(name)));
    unknown.removeIf(name -> !name.startsWith(PREFIX) || known.contains(name));
    return unknown;
  }

  /** The names of all settings. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(SettingsFile.names());
    for (ServiceSetting setting : ServiceSetting.values()) {
      names.add(setting.settingName());
    }
    return names;
  }

  /** The variable of a setting: {@code GAPCANARY_REPEAT_WINDOW}. */
  public static String variable(String name) {
    return PREFIX + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  /** Variables that look like settings, and are none. */
  public List<String> unknownVariables() {
    return List.copyOf(unknownVariables);
  }

  /**
   * The desk's own settings.
   *
   * @throws CommandFailure naming the one that is out of its range
   */
  public DeskSettings deskSettings() {
    try {
      return DeskSettings.DEFAULT.with(this::apply);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private DeskSettings.Builder apply(DeskSettings.Builder builder) {
    for (Value value : given.values()) {
      if (SettingsFile.names().contains(value.name())) {
        naming(
            value,
            text -> {
              SettingsFile.set(builder, value.name(), text);
              return text;
            });
      }
    }
    return builder;
  }

  private static <T> T naming(Value value, Function<String, T> reader) {
    try {
      return reader.apply(value.text());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          value.named() + " = " + value.shown().text() + ": " + e.getMessage(), e);
    }
  }

  private Value value(ServiceSetting setting) {
    String name = setting.settingName();
    return Objects.requireNonNullElseGet(
        given.get(name), () -> new Value(name, setting.absent(), Source.DEFAULT, ""));
  }

  /** A setting as a text, when there is any. */
  public Optional<String> find(ServiceSetting setting) {
    return Optional.of(value(setting).text()).filter(text -> !text.isBlank());
  }

  /** A setting as a text, when somebody set it. */
  public Optional<String> findGiven(ServiceSetting setting) {
    return value(setting).source() == Source.DEFAULT ? Optional.empty() : find(setting);
  }

  /**
   * A setting, read.
   *
   * @param reader throws {@link IllegalArgumentException} for what it cannot read
   * @throws CommandFailure naming the setting that cannot be read
   */
  public <T> T get(ServiceSetting setting, Function<String, T> reader) {
    return naming(value(setting), reader);
  }

  /** A length of time that is longer than none. */
  public Duration duration(ServiceSetting setting) {
    return get(
        setting,
        text -> {
          Duration read = SettingsFile.duration(text);
          if (!read.isPositive()) {
            throw new IllegalArgumentException("must be longer than nothing");
          }
          return read;
        });
  }

  /** A whole number within a range. */
  public int whole(ServiceSetting setting, int least, int most) {
    return get(
        setting,
        text -> {
          int read = SettingsFile.whole(text);
          if (read < least || read > most) {
            throw new IllegalArgumentException("must lie between " + least + " and " + most);
          }
          return read;
        });
  }

  /** True or false. */
  public boolean flag(ServiceSetting setting) {
    return get(
        setting,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("must be true or false");
            });
  }

  /**
   * A secret: what is set, else the first line of the file that another setting names.
   *
   * @throws CommandFailure when the file cannot be read
   */
  public Optional<String> secret(ServiceSetting setting, ServiceSetting file) {
    return find(setting)
        .or(
            () ->
                find(file)
                    .map(
                        named ->
                            get(
                                file,
                                text -> {
                                  try (Stream<String> lines = Files.lines(Path.of(named))) {
                                    return lines.findFirst().orElse("");
                                  } catch (IOException | UncheckedIOException e) {
                                    throw new IllegalArgumentException("cannot be read", e);
                                  }
                                })))
        .filter(found -> !found.isBlank());
  }

  /** All settings: those of the service, then the desk's, each by name. */
  public List<Value> all() {
    Map<String, Value> all = new LinkedHashMap<>();
    for (ServiceSetting setting : ServiceSetting.values()) {
      all.put(setting.settingName(), value(setting));
    }
    DeskSettings.DEFAULT
        .toMap()
        .forEach((name, value) -> all.put(name, new Value(name, plain(value), Source.DEFAULT, "")));
    all.put(
        "formingCustomers",
        new Value(
            "formingCustomers",
            String.valueOf(DeskSettings.DEFAULT.formingCustomers()),
            Source.DEFAULT,
            ""));
    all.put(
        "durability",
        new Value("durability", DeskSettings.DEFAULT.durability().wireName(), Source.DEFAULT, ""));
    given.forEach(all::put);
    return all.values().stream().map(Value::shown).toList();
  }

  /** As the file has it: 7d and not PT168H. */
  private static String plain(Object value) {
    if (value instanceof Map<?, ?> map && map.isEmpty()) {
      return "";
    }
    String text = value.toString().replaceAll("[\\[\\]{}]", "");
    if (value instanceof CharSequence && text.matches("PT[0-9HMS]+")) {
      Duration duration = Duration.parse(text);
      if (duration.toSeconds() % 86_400 == 0 && duration.toDays() > 1) {
        return duration.toDays() + "d";
      }
      return duration.toSeconds() % 3600 == 0
          ? duration.toHours() + "h"
          : duration.toMinutes() + "m";
    }
    return text;
  }
}
