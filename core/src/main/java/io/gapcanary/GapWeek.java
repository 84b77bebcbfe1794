package io.gapcanary;

import java.time.LocalDate;
import java.util.List;

/**
 * The cases of a gap that closed in a week.
 *
 * @param monday the week's first day, in the desk's time zone
 * @param cases in the order of closing; empty in a quiet week
 * @param customers distinct ones; cases without a customer count one each
 */
public record GapWeek(LocalDate monday, List<String> cases, int customers) {
  /** Takes a copy. */
  public GapWeek {
    cases = List.copyOf(cases);
  }
}
