package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How the object of a line is read.
 *
 * @param <T> what it is read into
 */
@FunctionalInterface
public interface LineFormat<T> {

  /**
   * Reads an object.
   *
   * @param warnings takes a flaw for each part that is left out
   * @throws IllegalArgumentException when it cannot be used; best a {@link UnusableException},
   *     which says why
   */
  T read(JsonNode object, List<Flaw> warnings);
}
