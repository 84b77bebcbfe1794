package io.gapcanary.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Replaces personal data in texts: e-mail addresses by {@code [email]}, phone numbers by {@code
 * [phone]}, payment cards by {@code [card]} and Korean resident registration numbers by {@code
 * [resident-number]}.
 *
 * <p>Where it has to choose it looks at form, not only at length, so that versions, prices, dates,
 * error codes and most order numbers stay readable. Thread-safe; the time it takes grows with the
 * length of the text only.
 */
public final class Masking {
  private final PhoneNumbers phones;

  /**
   * @param phoneRegions the countries whose national phone numbers are known, ISO 3166
   */
  public Masking(List<String> phoneRegions) {
    this.phones = new PhoneNumbers(phoneRegions);
  }

  /** The text without personal data; the same text when there is none. */
  public String mask(String text) {
    if (!mayHoldPersonalData(text)) {
      return text;
    }
    PlainText plain = PlainText.of(text);
    List<Finding> findings = new ArrayList<>(EmailAddresses.find(plain));
    findings.addAll(numbers(plain, findings));
    return findings.isEmpty() ? text : replace(text, findings);
  }

  /** An address needs an @, and every number at least seven digits. */
  private static boolean mayHoldPersonalData(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '@' || c == '＠' || (Character.isDigit(c) && ++digits >= 7)) {
        return true;
      }
    }
    return false;
  }

  private List<Finding> numbers(PlainText plain, List<Finding> taken) {
    List<DigitGroup> groups = DigitGroup.allIn(plain, taken);
    List<Finding> found = new ArrayList<>();
    PhoneNumbers.Budget budget = new PhoneNumbers.Budget();
    int i = 0;
    while (i < groups.size()) {
      Finding finding = ResidentNumbers.at(plain, groups, i);
      if (finding == null) {
        finding = CardNumbers.at(plain, groups, i);
      }
      if (finding == null) {
        finding = phones.at(plain, groups, i, budget);
      }
      if (finding == null) {
        i++;
        continue;
      }
      found.add(finding);
      while (i < groups.size() && groups.get(i).start() < finding.end()) {
        i++;
      }
    }
    return found;
  }

  private static String replace(String text, List<Finding> findings) {
    findings.sort(Comparator.comparingInt(Finding::start));
    StringBuilder masked = new StringBuilder(text.length());
    int at = 0;
    for (Finding finding : findings) {
      masked.append(text, at, finding.start()).append(finding.kind().mask());
      at = finding.end();
    }
    return masked.append(text, at, text.length()).toString();
  }
}
