package io.gapcanary.kb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What customers of any desk write: where a model's vectors stand before a desk is known. */
final class GeneralTexts {
  private GeneralTexts() {}

  /** Their centre; none without a model, or while it cannot be asked. */
  static Centre centre(Embeddings embeddings) {
    List<String> texts =
        lines().stream()
            .map(line -> line.split("\t", 2))
            .filter(parts -> embeddings.understands(parts[0]))
            .map(parts -> parts[1])
            .toList();
    if (texts.isEmpty()) {
      return Centre.NONE;
    }
    try {
      return Centre.of(
          embeddings.all(texts, TextEmbedder.Role.QUESTION).stream()
              .filter(Objects::nonNull)
              .toList());
    } catch (EmbeddingException e) {
      return Centre.NONE;
    }
  }

  private static List<String> lines() {
    try (InputStream in =
            Objects.requireNonNull(GeneralTexts.class.getResourceAsStream("general.tsv"));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("general.tsv cannot be read", e);
    }
  }
}
