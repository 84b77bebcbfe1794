package io.gapcanary.service.text;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The language that a person is spoken to in: texts, numbers and dates. Thread-safe.
 *
 * <p>All texts stand in {@code messages_en.properties} and {@code messages_ko.properties}.
 *
 * @param locale the language
 * @param zone where times and the days that they lie in are told
 */
public record Voice(Locale locale, ZoneId zone) {
  /** English, in UTC. */
  public static final Voice ENGLISH = new Voice(Locale.ENGLISH, ZoneOffset.UTC);

  /** Korean, in UTC. */
  public static final Voice KOREAN = new Voice(Locale.KOREAN, ZoneOffset.UTC);

  private static final String BUNDLE = "io.gapcanary.service.text.messages";
  private static final List<String> PANEL =
      List.of("panel.", "warning.", "evidence.", "reason.", "ordinal.", "language.", "channel.");

  /** All languages, in UTC. */
  public static List<Voice> all() {
    return List.of(ENGLISH, KOREAN);
  }

  /** The same language where a desk is. */
  public Voice in(ZoneId place) {
    return new Voice(locale, place);
  }

  /** The texts; the JDK keeps them once they are read. */
  private ResourceBundle bundle() {
    return ResourceBundle.getBundle(
        BUNDLE,
        locale,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The voice of a BCP 47 tag, when there is one. */
  public static Optional<Voice> find(String tag) {
    String primary = tag.strip().split("[-_.]", 2)[0].toLowerCase(Locale.ROOT);
    return all().stream().filter(voice -> voice.code().equals(primary)).findFirst();
  }

  /** The voice that an {@code Accept-Language} header likes best; English when it likes neither. */
  public static Voice accepted(String header) {
    try {
      return Locale.LanguageRange.parse(header).stream()
          .flatMap(range -> find(range.getRange()).stream())
          .findFirst()
          .orElse(ENGLISH);
    } catch (IllegalArgumentException e) {
      return ENGLISH;
    }
  }

  /** The voice of a process: {@code LC_ALL}, else {@code LC_MESSAGES}, else {@code LANG}. */
  public static Voice ofEnvironment(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(environment::get)
        .filter(Objects::nonNull)
        .filter(value -> !value.isBlank())
        .findFirst()
        .flatMap(Voice::find)
        .orElse(ENGLISH);
  }

  /** Its BCP 47 tag. */
  public String code() {
    return locale.getLanguage();
  }

  /** The other one, at the same place. */
  public Voice other() {
    return (locale.equals(Locale.ENGLISH) ? KOREAN : ENGLISH).in(zone);
  }

  /**
   * A text.
   *
   * @param arguments what stands for {@code {0}} and so on; numbers are formatted
   * @throws MissingResourceException when there is no text of that key
   */
  public String say(String key, Object... arguments) {
    String pattern = bundle().getString(key);
    return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
  }

  /** Whether there is a text of that key. */
  public boolean says(String key) {
    return bundle().containsKey(key);
  }

  /** A text, or the fallback where there is none of that key. */
  public String sayOr(String key, String fallback) {
    return says(key) ? bundle().getString(key) : fallback;
  }

  /** The texts of the agents' panel, by key: a script fills in what stands for {@code {0}}. */
  public SortedMap<String, String> panelTexts() {
    ResourceBundle bundle = bundle();
    SortedMap<String, String> texts = new TreeMap<>();
    bundle.keySet().stream()
        .filter(key -> PANEL.stream().anyMatch(key::startsWith))
        .forEach(key -> texts.put(key, bundle.getString(key)));
    return texts;
  }

  /** A whole number: 1,234. */
  public String count(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  /** A number with at most so many decimals. */
  public String number(double number, int decimals) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(decimals);
    return format.format(number);
  }

  /** A share as whole percent: 83%. */
  public String percent(double share) {
    return NumberFormat.getPercentInstance(locale).format(share);
  }

  /** An impact: one decimal, three where it is less than one. */
  public String impact(double score) {
    return number(score, score < 1 ? 3 : 1);
  }

  /** A probability as whole percent, from 1% to 99%: nothing is certain. */
  public String probability(double probability) {
    return percent(Math.clamp(probability, 0.01, 0.99));
  }

  /** The date of a time, such as Nov 3, 2026. */
  public String date(Instant at) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(locale)
        .format(at.atZone(zone));
  }

  /** A date and time of day. */
  public String time(Instant at) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale)
        .format(at.atZone(zone));
  }

  /** A day with its day of the week, without the year: Tuesday, November 3. */
  public String weekday(LocalDate day) {
    return day.format(DateTimeFormatter.ofPattern(bundle().getString("weekday.pattern"), locale));
  }

  /** A day, such as Nov 3, 2026. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(day);
  }

  /** A day in its month, short enough for a chart: Nov 3. */
  public String shortDay(LocalDate day) {
    return day.format(DateTimeFormatter.ofPattern(bundle().getString("day.pattern"), locale));
  }

  /** A place in an order: first, 7th. */
  public String ordinal(int number) {
    if (number == 1) {
      return say("ordinal.first");
    }
    int last = number % 10;
    boolean teen = number % 100 / 10 == 1;
    return say("ordinal." + (teen || last == 0 || last > 3 ? "other" : last), count(number));
  }

  /** How long something took: 3.2 s, or minutes and seconds. */
  public String took(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    return seconds < 60
        ? say("took.seconds", number(seconds, 1))
        : say("took.minutes", duration.toMinutes(), duration.toSecondsPart());
  }
}
