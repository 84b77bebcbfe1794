package io.gapcanary.privacy;

/**
 * A text whose full-width forms, foreign digits, and many sorts of dashes and blanks are plain
 * ASCII ones, position by position.
 */
record PlainText(char[] chars) {

  static PlainText of(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = plain(chars[i]);
    }
    return new PlainText(chars);
  }

  private static char plain(char c) {
    if (c < 128) {
      return c == '\t' ? ' ' : c;
    }
    if (c >= '\uFF01' && c <= '\uFF5E') {
      return (char) (c - '\uFF01' + '!');
    }
    if (Character.isDigit(c)) {
      return (char) ('0' + Character.digit(c, 10));
    }
    return switch (Character.getType(c)) {
      case Character.DASH_PUNCTUATION -> '-';
      case Character.SPACE_SEPARATOR -> ' ';
      default -> c == '\u2212' ? '-' : c;
    };
  }

  int length() {
    return chars.length;
  }

  /** The character at a position, a line end beyond the text's ends. */
  char at(int i) {
    return i < 0 || i >= chars.length ? '\n' : chars[i];
  }

  boolean digitAt(int i) {
    char c = at(i);
    return c >= '0' && c <= '9';
  }

  boolean latinLetterAt(int i) {
    char c = at(i);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  String between(int start, int end) {
    return new String(chars, start, end - start);
  }
}
