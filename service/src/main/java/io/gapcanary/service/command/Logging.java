package io.gapcanary.service.command;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How much the log says, on standard error: commands are quiet, a server tells what it does. Must
 * be called before the first logger is made.
 */
public final class Logging {
  /** Loggers of the JDK's own kind are forgotten unless somebody holds them. */
  private static final List<Logger> QUIETENED =
      List.of(Logger.getLogger("org.apache.lucene"), Logger.getLogger("ai.djl"));

  private Logging() {}

  /** Sets the levels for the process. */
  public static void configure(boolean server) {
    System.setProperty("gapcanary.log", server ? "INFO" : "WARN");
    System.setProperty("gapcanary.log.format", "text");
    QUIETENED.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  /** Chooses lines for people, {@code text}, or for programs, {@code json}. */
  public static void format(String format) {
    System.setProperty("gapcanary.log.format", format);
  }
}
