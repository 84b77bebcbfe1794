package io.gapcanary.service.command;

import io.gapcanary.service.text.Voice;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a command speaks, and what it knows of its surroundings.
 *
 * @param out what was asked for
 * @param err everything else: progress, reports of bad input, errors
 * @param voice the language of summaries
 * @param interactive whether a person watches, so that progress is of use
 * @param clock the time
 * @param in what is sent to it
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    Voice voice,
    boolean interactive,
    InstantSource clock,
    InputStream in) {

  /** One without anything to read. */
  public Terminal(
      PrintStream out, PrintStream err, Voice voice, boolean interactive, InstantSource clock) {
    this(out, err, voice, interactive, clock, InputStream.nullInputStream());
  }

  /** The process's own, in the language that its environment names. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.out,
        System.err,
        Voice.ofEnvironment(System.getenv()),
        isWatched(),
        InstantSource.system(),
        System.in);
  }

  /**
   * A password: typed twice without being shown where a person sits, else the first line sent. It
   * is never an option, since others can see those.
   *
   * @throws CommandFailure when there is none, or the two differ
   */
  public String password(String name) {
    Console console = interactive && isWatched() ? System.console() : null;
    String password = console == null ? line() : typed(console, voice.say("users.prompt", name));
    if (password.isEmpty()) {
      throw new CommandFailure(voice.say("users.empty"));
    }
    if (console != null && !password.equals(typed(console, voice.say("users.again")))) {
      throw new CommandFailure(voice.say("users.differ"));
    }
    return password;
  }

  private static String typed(Console console, String prompt) {
    char[] typed = console.readPassword("%s ", prompt);
    return typed == null ? "" : new String(typed);
  }

  private String line() {
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return Objects.requireNonNullElse(lines.readLine(), "");
    } catch (IOException e) {
      throw new CommandFailure("The password cannot be read: " + Reason.of(e), e);
    }
  }

  /** The same without progress and without a summary. */
  public Terminal quiet() {
    return new Terminal(
        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        err,
        voice,
        false,
        clock,
        in);
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
