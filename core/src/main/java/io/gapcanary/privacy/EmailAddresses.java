package io.gapcanary.privacy;

import java.util.ArrayList;
import java.util.List;

/** Finds e-mail addresses: from each @ as far to both sides as an address may reach. */
final class EmailAddresses {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_DOMAIN = 253;

  private EmailAddresses() {}

  /** Every address, in order, none overlapping another. */
  static List<Finding> find(PlainText text) {
    List<Finding> found = new ArrayList<>();
    int free = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.at(i) == '@') {
        int start = nameStart(text, i, free);
        int end = domainEnd(text, i + 1);
        if (start < i && end > 0) {
          found.add(new Finding(PersonalData.EMAIL, start, end));
          free = end;
          i = end - 1;
        }
      }
    }
    return found;
  }

  private static int nameStart(PlainText text, int at, int free) {
    int start = at;
    while (start > free && at - start < LONGEST_NAME && isNamePart(text, start - 1)) {
      start--;
    }
    return start;
  }

  private static boolean isNamePart(PlainText text, int i) {
    return text.latinLetterAt(i) || text.digitAt(i) || "._%+-'~".indexOf(text.at(i)) >= 0;
  }

  /** After the last label, which is letters only; 0 when there are not two labels. */
  private static int domainEnd(PlainText text, int start) {
    int end = 0;
    int label = start;
    for (int i = start; i <= start + LONGEST_DOMAIN; i++) {
      boolean letter = text.latinLetterAt(i);
      if (letter || text.digitAt(i) || text.at(i) == '-') {
        continue;
      }
      if (i == label) {
        break;
      }
      if (label > start) {
        end = topLevelEnd(text, label, i, end);
      }
      if (text.at(i) != '.') {
        break;
      }
      label = i + 1;
    }
    return end;
  }

  private static int topLevelEnd(PlainText text, int label, int end, int before) {
    int letters = label;
    while (letters < end && text.latinLetterAt(letters)) {
      letters++;
    }
    return letters - label >= 2 ? letters : before;
  }
}
