package io.gapcanary.kb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meaning model behind its store: a text is embedded once, only in a language that the model
 * understands, and a model that fails is left alone for a while.
 *
 * <p>Thread-safe.
 */
final class Embeddings implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Embeddings.class);

  /** Texts asked of the model at once. */
  private static final int BATCH = 32;

  /** How long a failed model is left alone. */
  private static final long PAUSE_NANOS = 10_000_000_000L;

  private final @Nullable TextEmbedder model;
  private final VectorStore store;
  private volatile @Nullable String trouble;
  private volatile long troubleSince;

  Embeddings(@Nullable TextEmbedder model, VectorStore store) {
    this.model = model;
    this.store = store;
  }

  /** The model's name, empty for words only. */
  String name() {
    return model == null ? "" : model.name();
  }

  boolean understands(String language) {
    return model != null && model.understands(language);
  }

  /** What is wrong with the model, if anything is. */
  Optional<String> impairment() {
    return Optional.ofNullable(trouble);
  }

  /**
   * The vector of one question, or {@code null} when there is no model for its language.
   *
   * @throws EmbeddingException when there is one and it cannot be asked
   */
  float @Nullable [] question(String text, String language) {
    return understands(language) && !text.isBlank()
        ? all(List.of(text), TextEmbedder.Role.QUESTION).get(0)
        : null;
  }

  /**
   * The vectors of texts, in order.
   *
   * @throws EmbeddingException when the model cannot be asked
   */
  List<float[]> all(List<String> texts, TextEmbedder.Role role) {
    TextEmbedder asked = model;
    if (asked == null) {
      throw new EmbeddingException("There is no meaning model");
    }
    String key = asked.name() + "/" + role.name().toLowerCase(java.util.Locale.ROOT);
    List<float[]> vectors = new ArrayList<>(texts.size());
    List<Integer> open = new ArrayList<>();
    for (String text : texts) {
      float[] known = store.find(key, hash(text)).orElse(null);
      if (known == null) {
        open.add(vectors.size());
      }
      vectors.add(known == null ? new float[0] : known);
    }
    for (int from = 0; from < open.size(); from += BATCH) {
      List<Integer> batch = open.subList(from, Math.min(from + BATCH, open.size()));
      List<float[]> made = ask(asked, batch.stream().map(texts::get).toList(), role);
      for (int i = 0; i < made.size(); i++) {
        vectors.set(batch.get(i), made.get(i));
        store.put(key, hash(texts.get(batch.get(i))), made.get(i));
      }
    }
    return vectors;
  }

  private List<float[]> ask(TextEmbedder asked, List<String> texts, TextEmbedder.Role role) {
    String before = trouble;
    if (before != null && System.nanoTime() - troubleSince < PAUSE_NANOS) {
      throw new EmbeddingException(before);
    }
    try {
      List<float[]> made = asked.embed(texts, role);
      check(made, texts.size(), asked.dimension());
      trouble = null;
      return made;
    } catch (EmbeddingException e) {
      troubleSince = System.nanoTime();
      trouble = e.getMessage();
      if (before == null) {
        log.warn(
            "The meaning model {} cannot be asked, words alone serve: {}",
            asked.name(),
            e.getMessage());
      }
      throw e;
    }
  }

  private static void check(List<float[]> made, int wanted, int dimension) {
    if (made.size() != wanted) {
      throw new EmbeddingException(
          "The model gave " + made.size() + " vectors for " + wanted + " texts");
    }
    for (float[] vector : made) {
      if (vector.length != dimension) {
        throw new EmbeddingException(
            "The model gave a vector of " + vector.length + " numbers, not of " + dimension);
      }
      double length = 0;
      for (float x : vector) {
        length += x * x;
      }
      if (!(Math.abs(length - 1) < 0.01)) {
        throw new EmbeddingException("The model gave a vector that is not of unit length");
      }
    }
  }

  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
