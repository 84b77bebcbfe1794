package io.gapcanary.kb;

import java.util.List;

/** Where the letters lie on the keyboard, on which every Latin key also has a jamo. */
final class Keyboard {
  private static final List<String> ROWS = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm");

  private Keyboard() {}

  /** Whether a finger that misses one key may hit the other; both in lower case. */
  static boolean areBeside(char one, char other) {
    for (int row = 0; row < ROWS.size(); row++) {
      int at = ROWS.get(row).indexOf(one);
      for (int near = Math.max(0, row - 1); at >= 0 && near <= Math.min(2, row + 1); near++) {
        int its = ROWS.get(near).indexOf(other);
        if (its >= 0 && Math.abs(its - at) <= 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** The keys beside one, and itself with Shift the other way. */
  static char[] beside(char key) {
    StringBuilder beside = new StringBuilder();
    char lower = Character.toLowerCase(key);
    beside.append(Character.isUpperCase(key) ? lower : Character.toUpperCase(key));
    for (String row : ROWS) {
      row.chars().filter(c -> areBeside(lower, (char) c)).forEach(c -> beside.append((char) c));
    }
    return beside.toString().toCharArray();
  }
}
