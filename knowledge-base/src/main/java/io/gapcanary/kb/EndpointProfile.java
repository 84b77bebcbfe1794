package io.gapcanary.kb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How an embeddings endpoint answers, as it was when it was asked first. Kept in a file, so that a
 * desk opens while its endpoint is down.
 *
 * @param model the model that it says it serves; empty when it says none
 * @param typed whether it heeds {@code input_type}
 * @param dimension the length of its vectors
 */
record EndpointProfile(String model, boolean typed, int dimension) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What was kept of an endpoint, if that was of this one. */
  static Optional<EndpointProfile> read(Path file, String endpoint) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode kept = JSON.readTree(Files.readString(file));
      int dimension = kept.path("dimension").asInt();
      return dimension > 0 && kept.path("endpoint").asText().equals(endpoint)
          ? Optional.of(
              new EndpointProfile(
                  kept.path("model").asText(), kept.path("typed").asBoolean(), dimension))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps it in the place of what was kept.
   *
   * @param endpoint the endpoint and the model asked for, with nothing secret
   */
  void write(Path file, String endpoint) throws IOException {
    ObjectNode kept =
        JSON.createObjectNode()
            .put("endpoint", endpoint)
            .put("model", model)
            .put("typed", typed)
            .put("dimension", dimension);
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(whole, kept + "\n");
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
