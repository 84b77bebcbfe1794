package io.gapcanary.service.page;

import io.gapcanary.Floor;
import io.gapcanary.FloorOutlook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The page of the floors.
 *
 * @param frame the page's
 * @param floors all of them
 * @param floor the one at hand, or {@code null} where there is none
 * @param outlook what others would do, or {@code null} where there is none
 * @param proposed the floor that somebody considers, or {@code null}
 * @param refused why nothing was saved, as a key of texts, or {@code null}
 */
public record FloorView(
    Frame frame,
    List<Floor> floors,
    @Nullable Floor floor,
    @Nullable FloorOutlook outlook,
    @Nullable Double proposed,
    @Nullable String refused) {
  private static final int EXAMPLES = 10;

  /** The chart's inner width and height, and where it begins. */
  private static final double WIDTH = 340;

  private static final double HEIGHT = 160;
  private static final double LEFT = 40;
  private static final double TOP = 10;

  /** Takes a copy. */
  public FloorView {
    floors = List.copyOf(floors);
  }

  /** The tenths, the floor in use and the one considered, in order. */
  public List<FloorOutlook.Point> rows(Floor inUse, FloorOutlook of) {
    List<Double> shown = new ArrayList<>();
    shown.add(inUse.value());
    if (proposed != null && !alike(proposed, inUse.value())) {
      shown.add(proposed);
    }
    IntStream.range(1, 10)
        .mapToObj(tenth -> tenth / 10.0)
        .filter(tenth -> shown.stream().noneMatch(one -> alike(one, tenth)))
        .toList()
        .forEach(shown::add);
    return shown.stream().sorted(Comparator.naturalOrder()).map(of::at).toList();
  }

  /** True when two floors are written alike. */
  public boolean alike(double one, double other) {
    return Math.abs(one - other) < 0.0005;
  }

  /** True for a floor that is considered and not in use. */
  public boolean isProposed(double one) {
    return proposed != null && alike(one, proposed);
  }

  /** A floor, as people read it: 0.5 or 0.537. */
  public String shown(double one) {
    return frame.voice().number(one, 3);
  }

  /** A floor for a field that takes hundredths. */
  public String field(double one) {
    return String.format(Locale.ROOT, "%.2f", Math.clamp(one, 0.01, 0.99));
  }

  /** So many of so many as a share, for {@code 12 (34%)}. */
  public double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** The latest ones that a page shows. */
  public List<FloorOutlook.Asked> examples(List<FloorOutlook.Asked> changed) {
    return changed.subList(0, Math.min(EXAMPLES, changed.size()));
  }

  /** Where the chart's line of wrong suggestions runs. */
  public String wrongLine(FloorOutlook of) {
    return line(of, FloorOutlook.Point::wrongSuggestions, of.notGiven());
  }

  /** Where the chart's line of missed articles runs. */
  public String missedLine(FloorOutlook of) {
    return line(of, FloorOutlook.Point::missed, of.given());
  }

  private String line(FloorOutlook of, ToIntFunction<FloorOutlook.Point> count, int whole) {
    return of.curve().stream()
        .map(
            point ->
                x(point.floor())
                    + ","
                    + number(TOP + HEIGHT * (1 - share(count.applyAsInt(point), whole))))
        .collect(Collectors.joining(" "));
  }

  /** Where a floor stands in the chart. */
  public String x(double one) {
    return number(LEFT + WIDTH * one);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
