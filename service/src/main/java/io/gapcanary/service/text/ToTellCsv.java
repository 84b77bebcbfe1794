package io.gapcanary.service.text;

import io.gapcanary.ToTell;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cases to be told as CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins
 * with an apostrophe.
 */
public final class ToTellCsv {
  /** What a spreadsheet takes for the beginning of a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private ToTellCsv() {}

  /** One line a case, below the names of the columns. */
  public static String of(List<ToTell> cases) {
    return Stream.concat(
            Stream.of(line("case", "closedAt", "agent", "channel", "article")),
            cases.stream()
                .map(
                    one ->
                        line(
                            one.caseId(),
                            one.closedAt().toString(),
                            one.agentId(),
                            one.channel(),
                            one.articleId())))
        .collect(Collectors.joining());
  }

  private static String line(@Nullable String... cells) {
    return Stream.of(cells).map(ToTellCsv::cell).collect(Collectors.joining(",")) + "\r\n";
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
