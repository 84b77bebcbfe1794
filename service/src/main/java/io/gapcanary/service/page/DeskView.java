package io.gapcanary.service.page;

import io.gapcanary.CircumstancesTold;
import io.gapcanary.DeskFigures;
import io.gapcanary.DeskHealth;
import io.gapcanary.Floor;
import io.gapcanary.MeanMinutes;
import io.gapcanary.Share;
import io.gapcanary.Totals;
import io.gapcanary.service.text.Voice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The desk.
 *
 * @param frame the page's
 * @param totals its numbers
 * @param articles how many there are
 * @param open how many cases are open
 * @param unanswered how many of them ask what nothing answers
 * @param asOf its time
 * @param floors all of them
 * @param settings every setting
 * @param impairment what is wrong with the meaning model, or {@code null}
 * @param query what of its health is asked for
 * @param health that, by what was asked for
 * @param weeks the same by week, for the charts
 * @param slices what may be chosen
 */
public record DeskView(
    Frame frame,
    Totals totals,
    int articles,
    int open,
    int unanswered,
    Instant asOf,
    List<Floor> floors,
    Map<String, Object> settings,
    @Nullable String impairment,
    DeskHealth.Query query,
    DeskHealth health,
    DeskHealth weeks,
    CircumstancesTold slices) {

  /** Takes copies. */
  public DeskView {
    floors = List.copyOf(floors);
  }

  private Voice voice() {
    return frame.voice();
  }

  /** What a line is called. */
  public String name(DeskHealth.Row row) {
    String key = row.key();
    if (key == null) {
      return voice().say("health.untold");
    }
    return switch (query.by()) {
      case WEEK -> voice().day(LocalDate.parse(key));
      case LANGUAGE -> voice().sayOr("language." + key, key);
      case PRODUCT, CHANNEL, SEGMENT -> key;
    };
  }

  /** A setting's value as the settings' file has it: {@code 7d}, {@code KR, US}. */
  public String shown(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty()
          ? "–"
          : map.entrySet().stream()
              .map(one -> one.getKey() + " " + one.getValue())
              .collect(Collectors.joining(", "));
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    String text = String.valueOf(value);
    return text.matches("PT[0-9HMS.]+")
        ? length(Duration.parse(text))
        : text.replaceFirst("\\.0$", "");
  }

  private static String length(Duration length) {
    if (length.isZero() || length.toSeconds() % 60 != 0) {
      return length.toSeconds() + "s";
    }
    if (length.toMinutes() % 60 != 0) {
      return length.toMinutes() + "m";
    }
    return length.toHours() % 24 == 0 ? length.toDays() + "d" : length.toHours() + "h";
  }

  /** A rate as people read it. */
  public String percent(Share share) {
    return share.rate() == null ? "–" : voice().percent(share.rate());
  }

  /** What a rate is made of. */
  public String of(Share share) {
    return voice().say("health.of", share.part(), share.whole());
  }

  /** A mean as people read it. */
  public String minutes(MeanMinutes mean) {
    return mean.minutes() == null ? "–" : voice().number(mean.minutes(), 0);
  }

  /** The cases behind a figure of a line. */
  public String cases(DeskHealth.Measure measure, DeskHealth.@Nullable Row row) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("measure", measure.wireName());
    parameters.put("from", query.from() == null ? null : query.from().toString());
    parameters.put("to", query.to() == null ? null : query.to().toString());
    parameters.put("product", query.slice().product());
    parameters.put("channel", query.slice().channel());
    parameters.put("segment", query.slice().segment());
    parameters.put("language", query.slice().language());
    if (row != null && row.key() != null) {
      if (query.by() == DeskHealth.By.WEEK) {
        week(parameters, row.key());
      } else {
        parameters.put(query.by().wireName(), row.key());
      }
    }
    return Addresses.query("/desk/cases", parameters);
  }

  /** The cases behind a figure of the whole desk; {@code null} when there are none. */
  public @Nullable String all(DeskHealth.Measure measure, int cases) {
    return cases == 0
        ? null
        : Addresses.query("/desk/cases", Map.of("measure", measure.wireName()));
  }

  private String casesOfWeek(DeskHealth.Measure measure, String monday) {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("measure", measure.wireName());
    parameters.put("product", query.slice().product());
    parameters.put("channel", query.slice().channel());
    parameters.put("segment", query.slice().segment());
    parameters.put("language", query.slice().language());
    week(parameters, monday);
    return Addresses.query("/desk/cases", parameters);
  }

  /** A week that the period cuts is cut here as well. */
  private void week(Map<String, @Nullable String> parameters, String monday) {
    LocalDate first = LocalDate.parse(monday);
    LocalDate last = first.plusDays(6);
    LocalDate from = query.from();
    LocalDate to = query.to();
    parameters.put("from", (from != null && from.isAfter(first) ? from : first).toString());
    parameters.put("to", (to != null && to.isBefore(last) ? to : last).toString());
  }

  /** What was given, and whether it was right. */
  public TimeChart links() {
    return shares(
        line("health.linkRate", DeskFigures::linkRate, DeskHealth.Measure.LINKED),
        line("health.linkAccuracy", DeskFigures::linkAccuracy, DeskHealth.Measure.DOUBTFUL_LINKS));
  }

  /** Who went without, and who came back. */
  public TimeChart misses() {
    return shares(
        line("health.noMatchRate", DeskFigures::noMatchRate, DeskHealth.Measure.NO_MATCH),
        line("health.repeatRate", DeskFigures::repeatRate, DeskHealth.Measure.REPEATS));
  }

  private TimeChart shares(TimeChart.Series... lines) {
    Voice v = voice();
    return TimeChart.of(
        List.of(lines), 1, times(), List.of(v.percent(1), v.percent(0.5), v.percent(0)));
  }

  private TimeChart.Series line(
      String name, Function<DeskFigures, Share> share, DeskHealth.@Nullable Measure measure) {
    return new TimeChart.Series(
        voice().say(name),
        weeks.rows().stream()
            .map(
                week -> {
                  Share its = share.apply(week.figures());
                  return new TimeChart.Value(
                      its.rate(),
                      voice().say("health.dot", time(week), voice().say(name), percent(its))
                          + " – "
                          + of(its),
                      measure == null || week.key() == null
                          ? null
                          : casesOfWeek(measure, week.key()));
                })
            .toList());
  }

  /** How long it took. */
  public TimeChart times(boolean ofWork) {
    List<Function<DeskFigures, MeanMinutes>> means =
        ofWork
            ? List.of(DeskFigures::workWithArticle, DeskFigures::workWithoutArticle)
            : List.of(DeskFigures::resolutionWithArticle, DeskFigures::resolutionWithoutArticle);
    double most =
        weeks.rows().stream()
            .flatMap(row -> means.stream().map(mean -> mean.apply(row.figures()).minutes()))
            .filter(java.util.Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    double top = nice(most);
    Voice v = voice();
    return TimeChart.of(
        List.of(
            minutesLine("health.with", means.getFirst(), DeskHealth.Measure.SOLVED_WITH_ARTICLE),
            minutesLine("health.without", means.getLast(), DeskHealth.Measure.NOT_CAPTURED)),
        top,
        times(),
        List.of(v.number(top, 0), v.number(top / 2, 1), "0"));
  }

  private TimeChart.Series minutesLine(
      String name, Function<DeskFigures, MeanMinutes> mean, DeskHealth.Measure measure) {
    return new TimeChart.Series(
        voice().say(name),
        weeks.rows().stream()
            .map(
                week -> {
                  MeanMinutes its = mean.apply(week.figures());
                  return new TimeChart.Value(
                      its.minutes(),
                      voice()
                          .say(
                              "health.dot.minutes",
                              time(week),
                              voice().say(name),
                              minutes(its),
                              its.cases()),
                      its.cases() == 0 || week.key() == null
                          ? null
                          : casesOfWeek(measure, week.key()));
                })
            .toList());
  }

  /** The next of 1, 2, 5, 10, 20, 50, … */
  private static double nice(double most) {
    double ten = Math.pow(10, Math.floor(Math.log10(Math.max(1, most))));
    return Stream.of(1, 2, 5, 10)
        .map(step -> step * ten)
        .filter(step -> step >= most)
        .findFirst()
        .orElse(10 * ten);
  }

  /** What is known, and what is not written down. */
  public TimeChart capture() {
    return shares(
        captureLine("health.known", DeskFigures::known, DeskHealth.Measure.KNOWN),
        captureLine(
            "health.notCaptured", DeskFigures::knownNotCaptured, DeskHealth.Measure.NOT_CAPTURED),
        captureLine("health.new", DeskFigures::newOnes, DeskHealth.Measure.NEW));
  }

  private TimeChart.Series captureLine(
      String name, Function<DeskFigures, Integer> count, DeskHealth.@Nullable Measure measure) {
    return line(name, figures -> ofResolved(count.apply(figures), figures), measure);
  }

  private static Share ofResolved(int part, DeskFigures figures) {
    return Share.of(part, figures.known() + figures.knownNotCaptured() + figures.newOnes());
  }

  private List<String> times() {
    List<String> times = new ArrayList<>();
    weeks.rows().forEach(week -> times.add(time(week)));
    return times;
  }

  private String time(DeskHealth.Row week) {
    return week.key() == null ? "" : voice().shortDay(LocalDate.parse(week.key()));
  }
}
