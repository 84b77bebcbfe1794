package io.gapcanary.service;

import io.gapcanary.service.command.Terminal;
import io.gapcanary.service.text.Voice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A command that ran in this process, without a terminal, on 1 December 2026.
 *
 * @param code its exit code
 * @param out what it said
 * @param err what it said of trouble
 */
public record Ran(int code, String out, String err) {
  /** When every command of a test runs. */
  public static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-12-01T09:00:00Z"));

  /** Runs a command in English. */
  public static Ran command(Object... args) {
    return command(Voice.ENGLISH, args);
  }

  /** Runs a command. */
  public static Ran command(Voice voice, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            voice,
            false,
            CLOCK);
    String[] words = List.of(args).stream().map(String::valueOf).toArray(String[]::new);
    int code = Gapcanary.run(terminal, words);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The lines of trouble. */
  public List<String> errLines() {
    return err.lines().toList();
  }
}
