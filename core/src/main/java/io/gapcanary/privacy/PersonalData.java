package io.gapcanary.privacy;

import java.util.Locale;

/** What personal data is masked. */
enum PersonalData {
  EMAIL,
  PHONE,
  CARD,
  RESIDENT_NUMBER;

  /** What stands in its place. */
  String mask() {
    return "[" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
  }
}
