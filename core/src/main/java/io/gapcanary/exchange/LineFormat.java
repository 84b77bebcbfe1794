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
   * @param warnings takes a sentence for each part that is left out
   * @throws IllegalArgumentException saying in one sentence why it cannot be used
   */
  T read(JsonNode object, List<String> warnings);
}
