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
   * @param warnings what was left out or could not be read, a sentence each
   */
  record Accepted<T>(int number, T value, List<String> warnings) implements Line<T> {
    /** Takes a copy. */
    public Accepted {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * A line that cannot be used.
   *
   * @param reason why, in one sentence that holds nothing of a customer's text
   */
  record Rejected<T>(int number, String reason) implements Line<T> {}
}
