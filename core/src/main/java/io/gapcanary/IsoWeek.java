package io.gapcanary;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * A week from Monday to Sunday, numbered as ISO 8601 does: {@code 2026-W47}.
 *
 * @param monday its first day
 */
public record IsoWeek(LocalDate monday) {
  /**
   * Checks the day.
   *
   * @throws IllegalArgumentException when it is no Monday
   */
  public IsoWeek {
    if (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
      throw new IllegalArgumentException("A week begins on a Monday, not on " + monday);
    }
  }

  /** The week that a day lies in. */
  public static IsoWeek of(LocalDate day) {
    return new IsoWeek(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
  }

  /**
   * Reads {@code 2026-W47}.
   *
   * @throws IllegalArgumentException when it is no week
   */
  public static IsoWeek parse(String text) {
    if (text.matches("\\d{4}-W\\d{2}")) {
      try {
        return new IsoWeek(LocalDate.parse(text + "-1", DateTimeFormatter.ISO_WEEK_DATE));
      } catch (DateTimeException e) {
        // said below
      }
    }
    throw new IllegalArgumentException("week must be one such as 2026-W47");
  }

  /** Its last day. */
  public LocalDate sunday() {
    return monday.plusDays(6);
  }

  /** The week before. */
  public IsoWeek before() {
    return new IsoWeek(monday.minusWeeks(1));
  }

  /** The week after. */
  public IsoWeek after() {
    return new IsoWeek(monday.plusWeeks(1));
  }

  /** As it is written: {@code 2026-W47}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%04d-W%02d",
        monday.get(IsoFields.WEEK_BASED_YEAR),
        monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }
}
