package io.gapcanary.privacy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds payment card numbers: 13 to 19 digits, in one piece or in groups with a blank or a dash
 * between them, that begin as cards do and whose Luhn checksum holds.
 */
final class CardNumbers {
  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  private CardNumbers() {}

  /** The longest number that begins with the i-th group, or {@code null}. */
  static @Nullable Finding at(PlainText text, List<DigitGroup> groups, int i) {
    DigitGroup first = groups.get(i);
    char head = text.at(first.start());
    if (head < '2' || head > '6') {
      return null;
    }
    int length = 0;
    Finding longest = null;
    for (int j = i; j < groups.size(); j++) {
      DigitGroup group = groups.get(j);
      length += group.length();
      if (length > LONGEST || (j > i && !groups.get(j - 1).joins(group, text, " -", 3))) {
        break;
      }
      if (length >= SHORTEST && luhn(text, first.start(), group.end())) {
        longest = new Finding(PersonalData.CARD, first.start(), group.end());
      }
    }
    return longest;
  }

  private static boolean luhn(PlainText text, int start, int end) {
    int sum = 0;
    boolean doubled = false;
    for (int i = end - 1; i >= start; i--) {
      if (text.digitAt(i)) {
        int digit = (text.at(i) - '0') * (doubled ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
        doubled = !doubled;
      }
    }
    return sum % 10 == 0;
  }
}
