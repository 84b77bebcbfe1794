package io.gapcanary.gaps;

import io.gapcanary.GapWeek;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GapSizeStore;
import io.gapcanary.storage.Session;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A gap over time: its cases by the week of their close, quiet weeks among them. */
public final class GapWeeks {
  private GapWeeks() {}

  /**
   * The weeks from a gap's first case to now.
   *
   * @param most how many of the latest at most
   */
  public static List<GapWeek> of(Session session, GapRow gap, Instant now, ZoneId zone, int most) {
    LocalDate last = monday(now, zone);
    LocalDate earliest = last.minusWeeks(most - 1L);
    Instant from = earliest.atStartOfDay(zone).toInstant();
    Map<LocalDate, List<GapSizeStore.Joined>> byWeek =
        session.gapSizes().joinedSince(gap.key(), from).stream()
            .collect(
                Collectors.groupingBy(
                    one -> monday(one.at(), zone), TreeMap::new, Collectors.toList()));
    LocalDate first =
        session
            .gapSizes()
            .firstCase(gap.key())
            .map(at -> monday(at, zone))
            .filter(at -> at.isAfter(earliest))
            .orElse(earliest);
    List<GapWeek> weeks = new ArrayList<>();
    for (LocalDate week = first; !week.isAfter(last); week = week.plusWeeks(1)) {
      weeks.add(week(week, byWeek.getOrDefault(week, List.of())));
    }
    return weeks;
  }

  private static GapWeek week(LocalDate monday, List<GapSizeStore.Joined> cases) {
    return new GapWeek(
        monday,
        cases.stream().map(GapSizeStore.Joined::caseId).toList(),
        (int) cases.stream().map(GapSizeStore.Joined::customer).distinct().count());
  }

  private static LocalDate monday(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
