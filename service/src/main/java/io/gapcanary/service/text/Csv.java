package io.gapcanary.service.text;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an
 * apostrophe.
 */
public final class Csv {
  /** Tells a spreadsheet that what follows is UTF-8: Excel takes it for a code page otherwise. */
  public static final String UTF_8_MARK = "\uFEFF";

  /** What a spreadsheet takes for the beginning of a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  /** A line of cells, those without a value empty, with its end. */
  public static String line(@Nullable String... cells) {
    return Stream.of(cells).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String harmless = FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return harmless.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
