package io.gapcanary.service.operate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows on a terminal, their columns under each other. Korean letters are as wide as two others. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param head the names of the columns, with bars between
   */
  Table(String head) {
    rows.add(List.of(head.split("\\|", -1)));
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  void print(PrintStream out) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)) + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static int width(String text) {
    return text.codePoints()
        .map(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL ? 2 : 1)
        .sum();
  }
}
