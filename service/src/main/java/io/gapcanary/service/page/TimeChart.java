package io.gapcanary.service.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines over time, drawn as an SVG of 420 by 170.
 *
 * @param lines at most three
 * @param labels what stands below the first, the middle and the last point
 * @param scale what stands beside the top, the middle and the bottom
 */
public record TimeChart(List<Line> lines, List<Label> labels, List<String> scale) {
  private static final double LEFT = 44;
  private static final double WIDTH = 364;
  private static final double TOP = 12;
  private static final double HEIGHT = 126;

  /** Takes copies. */
  public TimeChart {
    lines = List.copyOf(lines);
    labels = List.copyOf(labels);
    scale = List.copyOf(scale);
  }

  /**
   * A line.
   *
   * @param name what it shows
   * @param pieces its unbroken parts, as SVG's points
   * @param dots its points
   */
  public record Line(String name, List<String> pieces, List<Dot> dots) {
    /** Takes copies. */
    public Line {
      pieces = List.copyOf(pieces);
      dots = List.copyOf(dots);
    }
  }

  /**
   * A point.
   *
   * @param x from the left
   * @param y from the top
   * @param says its value and what it is made of
   * @param href the cases behind it, or {@code null}
   */
  public record Dot(String x, String y, String says, @Nullable String href) {}

  /** A text below the chart. */
  public record Label(String x, String text, String anchor) {}

  /**
   * A value to be drawn.
   *
   * @param value the value, or {@code null} where there is none
   * @param says what it is made of
   * @param href the cases behind it, or {@code null}
   */
  public record Value(@Nullable Double value, String says, @Nullable String href) {}

  /** A line to be drawn. */
  public record Series(String name, List<Value> values) {
    /** Takes a copy. */
    public Series {
      values = List.copyOf(values);
    }
  }

  /**
   * Draws.
   *
   * @param top the value at the top
   * @param times the points' names, in order
   */
  static TimeChart of(List<Series> series, double top, List<String> times, List<String> scale) {
    return new TimeChart(series.stream().map(one -> line(one, top)).toList(), labels(times), scale);
  }

  private static Line line(Series series, double top) {
    List<String> pieces = new ArrayList<>();
    List<Dot> piece = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    int count = series.values().size();
    for (int i = 0; i < count; i++) {
      Value value = series.values().get(i);
      if (value.value() == null) {
        finish(piece, pieces);
      } else {
        Dot dot =
            new Dot(
                number(x(i, count)),
                number(TOP + HEIGHT * (1 - Math.clamp(value.value() / top, 0, 1))),
                value.says(),
                value.href());
        piece.add(dot);
        dots.add(dot);
      }
    }
    finish(piece, pieces);
    return new Line(series.name(), pieces, dots);
  }

  private static void finish(List<Dot> piece, List<String> pieces) {
    if (piece.size() > 1) {
      pieces.add(
          piece.stream().map(dot -> dot.x() + "," + dot.y()).collect(Collectors.joining(" ")));
    }
    piece.clear();
  }

  private static List<Label> labels(List<String> times) {
    int last = times.size() - 1;
    List<@Nullable Label> labels = new ArrayList<>();
    labels.add(times.isEmpty() ? null : label(times, 0, last == 0 ? "middle" : "start"));
    labels.add(last < 4 ? null : label(times, last / 2, "middle"));
    labels.add(last < 1 ? null : label(times, last, "end"));
    return labels.stream().filter(Objects::nonNull).toList();
  }

  private static Label label(List<String> times, int at, String anchor) {
    return new Label(number(x(at, times.size())), times.get(at), anchor);
  }

  private static double x(int at, int count) {
    return count < 2 ? LEFT + WIDTH / 2 : LEFT + WIDTH * at / (count - 1);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
