package io.gapcanary.privacy;

import java.util.ArrayList;
import java.util.List;

/**
 * Digits without anything between them, as many as there are.
 *
 * @param start the first digit
 * @param end after the last digit
 */
record DigitGroup(int start, int end) {

  int length() {
    return end - start;
  }

  /** Every group of a text, those within what was taken already left out. */
  static List<DigitGroup> allIn(PlainText text, List<Finding> taken) {
    List<DigitGroup> groups = new ArrayList<>();
    int next = 0;
    int i = 0;
    while (i < text.length()) {
      if (next < taken.size() && i >= taken.get(next).start()) {
        i = Math.max(i, taken.get(next++).end());
      } else if (text.digitAt(i)) {
        int start = i;
        while (text.digitAt(i)) {
          i++;
        }
        groups.add(new DigitGroup(start, i));
      } else {
        i++;
      }
    }
    return groups;
  }

  /**
   * True when only characters of {@code separators}, one to {@code most}, stand before the next.
   */
  boolean joins(DigitGroup next, PlainText text, String separators, int most) {
    int gap = next.start - end;
    if (gap < 1 || gap > most) {
      return false;
    }
    for (int i = end; i < next.start; i++) {
      if (separators.indexOf(text.at(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
