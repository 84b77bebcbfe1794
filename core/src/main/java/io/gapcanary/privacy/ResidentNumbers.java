package io.gapcanary.privacy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds Korean resident registration numbers: a date of birth, then seven digits of which the first
 * tells century and sex.
 *
 * <p>The checksum is not asked: numbers given since October 2020 have none.
 */
final class ResidentNumbers {
  private ResidentNumbers() {}

  /** The number that begins with the i-th group, or {@code null}. */
  static @Nullable Finding at(PlainText text, List<DigitGroup> groups, int i) {
    DigitGroup first = groups.get(i);
    if (first.length() == 13) {
      return plausible(text, first.start(), first.start() + 6)
          ? new Finding(PersonalData.RESIDENT_NUMBER, first.start(), first.end())
          : null;
    }
    if (first.length() != 6 || i + 1 == groups.size()) {
      return null;
    }
    DigitGroup second = groups.get(i + 1);
    return second.length() == 7
            && first.joins(second, text, " -", 3)
            && plausible(text, first.start(), second.start())
        ? new Finding(PersonalData.RESIDENT_NUMBER, first.start(), second.end())
        : null;
  }

  private static boolean plausible(PlainText text, int date, int century) {
    int month = twoDigits(text, date + 2);
    int day = twoDigits(text, date + 4);
    char mark = text.at(century);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 && mark >= '1' && mark <= '8';
  }

  private static int twoDigits(PlainText text, int i) {
    return (text.at(i) - '0') * 10 + text.at(i + 1) - '0';
  }
}
