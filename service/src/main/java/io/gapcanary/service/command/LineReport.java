package io.gapcanary.service.command;

import io.gapcanary.exchange.Flaw;
import io.gapcanary.service.text.FlawText;
import io.gapcanary.service.text.Voice;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What was wrong with the lines of the files read: the first few are shown, all are counted. Not
 * thread-safe.
 */
public final class LineReport {
  private static final int SHOWN = 20;

  private final PrintStream err;
  private final Voice voice;
  private int used;
  private int rejected;
  private int warned;

  /** Shows them as they come, beside what was asked for. */
  public LineReport(Terminal terminal) {
    err = terminal.err();
    voice = terminal.voice();
  }

  private void show(Path file, int number, String sentence) {
    err.println(file + ":" + number + ": " + sentence);
  }

  void used() {
    used++;
  }

  /** Notes a line that is left out. */
  public void rejected(Path file, int number, Flaw flaw) {
    if (++rejected <= SHOWN) {
      show(file, number, voice.say("lines.leftOut", FlawText.say(voice, flaw)));
    }
  }

  /** Notes a line that could be read, and yet is of no use. */
  public void unusable(Path file, int number, Flaw flaw) {
    used--;
    rejected(file, number, flaw);
  }

  /** Notes something odd in a line that is used all the same. */
  public void warned(Path file, int number, Flaw flaw) {
    if (++warned <= SHOWN) {
      show(file, number, FlawText.say(voice, flaw));
    }
  }

  /** Tells the totals, when there is more than was shown or anything was left out. */
  public void close() {
    if (rejected > 0) {
      err.println(voice.say("lines.leftOut.all", rejected, notAll(rejected), used));
    }
    if (warned > SHOWN) {
      err.println(voice.say("lines.warned.all", warned, notAll(warned)));
    }
  }

  private String notAll(int count) {
    return count > SHOWN ? voice.say("lines.first", SHOWN) : "";
  }

  /** Whether a line was left out. */
  public boolean hasRejected() {
    return rejected > 0;
  }
}
