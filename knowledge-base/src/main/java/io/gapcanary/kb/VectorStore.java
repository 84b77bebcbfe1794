package io.gapcanary.kb;

import java.util.Optional;

/**
 * Keeps embeddings, so that rebuilding the index does not ask the model again. Supplied by the
 * caller; must be thread-safe.
 */
public interface VectorStore {
  /** Keeps nothing. */
  VectorStore NONE =
      new VectorStore() {
        @Override
        public Optional<float[]> find(String model, String textHash) {
          return Optional.empty();
        }

        @Override
        public void put(String model, String textHash, float[] vector) {}
      };

  /**
   * The vector that was put for a text.
   *
   * @param model {@link TextEmbedder#name} and the role
   * @param textHash a hash of the text, in hexadecimal
   */
  Optional<float[]> find(String model, String textHash);

  /** Keeps a vector. */
  void put(String model, String textHash, float[] vector);
}
