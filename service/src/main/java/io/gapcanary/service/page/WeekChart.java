package io.gapcanary.service.page;

import io.gapcanary.Gap;
import io.gapcanary.GapMark;
import io.gapcanary.GapWeek;
import io.gapcanary.service.text.Voice;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A gap over time: a bar for each week and a line for each turn of its life, drawn as an SVG of 420
 * by 170.
 *
 * @param bars the weeks, in order; quiet ones are left out
 * @param marks the turns within those weeks
 * @param labels what stands below the first, the middle and the last week
 * @param top the number at the top
 */
public record WeekChart(
    List<Bar> bars, List<Mark> marks, List<TimeChart.Label> labels, String top) {
  private static final double LEFT = 30;
  private static final double WIDTH = 378;
  private static final double TOP = 26;
  private static final double HEIGHT = 112;

  /** Takes copies. */
  public WeekChart {
    bars = List.copyOf(bars);
    marks = List.copyOf(marks);
    labels = List.copyOf(labels);
  }

  /** A week: its cases, and what to open to see them. */
  public record Bar(String x, String y, String width, String height, String says, String href) {}

  /**
   * A turn.
   *
   * @param what its wire name
   * @param says what and when
   */
  public record Mark(String x, String what, String says) {}

  /** Draws. */
  static WeekChart of(Gap gap, List<GapWeek> weeks, ZoneId zone, Voice voice) {
    int most = weeks.stream().mapToInt(week -> week.cases().size()).max().orElse(0);
    double step = WIDTH / Math.max(8, weeks.size());
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < weeks.size(); i++) {
      if (!weeks.get(i).cases().isEmpty()) {
        bars.add(bar(gap, weeks.get(i), LEFT + step * i, step, most, voice));
      }
    }
    return new WeekChart(
        bars, marks(gap, weeks, zone, step, voice), labels(weeks, step, voice), voice.count(most));
  }

  private static Bar bar(Gap gap, GapWeek week, double left, double step, int most, Voice voice) {
    double height = HEIGHT * week.cases().size() / most;
    return new Bar(
        number(left + step * 0.12),
        number(TOP + HEIGHT - height),
        number(step * 0.76),
        number(height),
        voice.say(
            "gap.week.says", voice.shortDay(week.monday()), week.cases().size(), week.customers()),
        "/gaps/" + gap.id() + "?week=" + week.monday() + "#cases");
  }

  private static List<Mark> marks(
      Gap gap, List<GapWeek> weeks, ZoneId zone, double step, Voice voice) {
    List<Mark> marks = new ArrayList<>();
    for (GapMark mark : GapMark.of(gap)) {
      LocalDate day = LocalDate.ofInstant(mark.at(), zone);
      LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      for (int i = 0; i < weeks.size(); i++) {
        if (weeks.get(i).monday().equals(monday)) {
          double within = (day.getDayOfWeek().getValue() - 0.5) / 7;
          marks.add(
              new Mark(
                  number(LEFT + step * (i + within)),
                  mark.what().wireName(),
                  voice.say("gap.mark." + mark.what().wireName()) + " · " + voice.shortDay(day)));
        }
      }
    }
    return marks;
  }

  private static List<TimeChart.Label> labels(List<GapWeek> weeks, double step, Voice voice) {
    int last = weeks.size() - 1;
    List<TimeChart.Label> labels = new ArrayList<>();
    for (int at : last < 4 ? new int[] {0, last} : new int[] {0, last / 2, last}) {
      if (at >= 0 && (labels.isEmpty() || at > 0)) {
        labels.add(
            new TimeChart.Label(
                number(LEFT + step * (at + 0.5)),
                voice.shortDay(Objects.requireNonNull(weeks.get(at)).monday()),
                at == 0 ? "start" : at == last && last > 5 ? "end" : "middle"));
      }
    }
    return labels;
  }

  /** The latest weeks as a line of 80 by 20, for a list; empty when there are too few. */
  static String spark(List<GapWeek> weeks) {
    int most = weeks.stream().mapToInt(week -> week.cases().size()).max().orElse(0);
    if (weeks.size() < 3 || most == 0) {
      return "";
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < weeks.size(); i++) {
      points
          .append(i == 0 ? "" : " ")
          .append(number(2 + 76.0 * i / (weeks.size() - 1)))
          .append(',')
          .append(number(18 - 16.0 * weeks.get(i).cases().size() / most));
    }
    return points.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
