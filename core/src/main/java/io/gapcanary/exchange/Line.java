package io.gapcanary.exchange;

import java.util.List;

/**
 * A line of an import file, read.
 *
 * @param <T> what the file is made of
 */
public sealed interface Line<T> {

  /** The line's number, from 1. */
  int number();

  /**
   * A line that can be used.
   *
   * @param value what it says
   * @param warnings what was left out or could not be read, each as a flaw
   */
  record Accepted<T>(int number, T value, List<Flaw> warnings) implements Line<T> {
    /** Takes a copy. */
    public Accepted {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * A line that cannot be used.
   *
   * @param flaw why
   */
  record Rejected<T>(int number, Flaw flaw) implements Line<T> {}
}
