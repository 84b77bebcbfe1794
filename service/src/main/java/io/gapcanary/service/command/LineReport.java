package io.gapcanary.service.command;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What was wrong with the lines of the files read: the first few are shown, all are counted. Not
 * thread-safe.
 */
public final class LineReport {
  private static final int SHOWN = 20;

  private final PrintStream err;
  private int used;
  private int rejected;
  private int warned;

  /** Shows them on a stream as they come. */
  public LineReport(PrintStream err) {
    this.err = err;
  }

  void used() {
    used++;
  }

  /** Notes a line that is left out. */
  public void rejected(Path file, int number, String reason) {
    if (++rejected <= SHOWN) {
      err.println(file + ":" + number + ": " + reason + " (left out)");
    }
  }

  /** Notes a line that could be read, and yet is of no use. */
  public void unusable(Path file, int number, String reason) {
    used--;
    rejected(file, number, reason);
  }

  /** Notes something odd in a line that is used all the same. */
  public void warned(Path file, int number, String warning) {
    if (++warned <= SHOWN) {
      err.println(file + ":" + number + ": " + warning);
    }
  }

  /** Tells the totals, when there is more than was shown or anything was left out. */
  public void close() {
    if (rejected > 0) {
      err.printf(
          "%,d %s left out%s; %,d used%n",
          rejected, rejected == 1 ? "line was" : "lines were", notAll(rejected), used);
    }
    if (warned > SHOWN) {
      err.printf("%,d warnings%s%n", warned, notAll(warned));
    }
  }

  private static String notAll(int count) {
    return count > SHOWN ? " (the first " + SHOWN + " are shown)" : "";
  }

  /** Whether a line was left out. */
  public boolean hasRejected() {
    return rejected > 0;
  }
}
