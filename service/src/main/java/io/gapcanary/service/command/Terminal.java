package io.gapcanary.service.command;

import io.gapcanary.service.text.Voice;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where a command speaks, and what it knows of its surroundings.
 *
 * @param out what was asked for
 * @param err everything else: progress, reports of bad input, errors
 * @param voice the language of summaries
 * @param interactive whether a person watches, so that progress is of use
 * @param clock the time
 */
public record Terminal(
    PrintStream out, PrintStream err, Voice voice, boolean interactive, InstantSource clock) {

  /** The process's own, in the language that its environment names. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.out,
        System.err,
        Voice.ofEnvironment(System.getenv()),
        isWatched(),
        InstantSource.system());
  }

  /** The same without progress and without a summary. */
  public Terminal quiet() {
    return new Terminal(
        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        err,
        voice,
        false,
        clock);
  }

  private static boolean isWatched() {
    return Optional.ofNullable(System.console()).map(Terminal::isTerminal).orElse(false);
  }

  /** From Java 22 on there may be a console that is no terminal; it must be asked. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
