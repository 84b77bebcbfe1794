package io.gapcanary.service.access;

import java.text.Normalizer;

/** Names of people and keys. */
final class Names {
  private static final int MOST = 100;

  private Names() {}

  /**
   * The name in its one form: Korean is the same however its syllables are coded.
   *
   * @throws IllegalArgumentException when it cannot be one
   */
  static String require(String what, String name) {
    String given = Normalizer.normalize(name, Normalizer.Form.NFC).strip();
    if (given.isEmpty()
        || given.length() > MOST
        || given.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "The " + what + " must have 1 to " + MOST + " characters in one line");
    }
    return given;
  }
}
