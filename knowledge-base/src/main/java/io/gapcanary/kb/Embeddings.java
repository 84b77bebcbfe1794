package io.gapcanary.kb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
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

  /** Texts asked of the model at once: few, because live questions wait behind them. */
  private static final int BATCH = 8;

  /** How long a failed model is left alone. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final @Nullable TextEmbedder model;
  private final VectorStore store;
  private final LongSupplier nanos;
  private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Boolean> storedOnly = ThreadLocal.withInitial(() -> false);

  /**
   * A model that failed.
   *
   * @param why one sentence
   * @param since when it was last tried, in nanoseconds
   */
  private record Trouble(String why, long since) {}

  Embeddings(@Nullable TextEmbedder model, VectorStore store, LongSupplier nanos) {
    this.model = model;
    this.store = store;
    this.nanos = nanos;
  }

  /** The model's name, empty for words only. */
  String name() {
    return model == null ? "" : model.name();
  }

  boolean understands(String language) {
    return model != null && model.understands(language);
  }

  /** Whether a word is a whole one to the model: see {@link TextEmbedder#knowsWord}. */
  boolean knowsWord(String word) {
    return model == null ? word.length() < TextEmbedder.SHORT_WORD : model.knowsWord(word);
  }

  /** What is wrong with the model, if anything is. */
  Optional<String> impairment() {
    return Optional.ofNullable(trouble.get()).map(Trouble::why);
  }

  /**
   * Asks a model that failed again, when its pause is over; does nothing while it is well.
   *
   * @throws EmbeddingException when it still cannot be asked
   */
  void tryAgain() {
    if (model != null && trouble.get() != null) {
      ask(model, List.of("dimension"), TextEmbedder.Role.QUESTION);
    }
  }

  /** Runs work on this thread for which only what is stored is looked up. */
  void storedOnly(Runnable work) {
    storedOnly.set(true);
    try {
      work.run();
    } finally {
      storedOnly.remove();
    }
  }

  /**
   * The vector of one question, or {@code null} when there is no model for its language, or the
   * model is well and makes nothing of this text.
   *
   * @throws EmbeddingException when there is one and it cannot be asked
   */
  float @Nullable [] question(String text, String language) {
    return understands(language) && !text.isBlank()
        ? all(List.of(text), TextEmbedder.Role.QUESTION).get(0)
        : null;
  }

  /**
   * The vectors of texts, in order; {@code null} for one of which the model makes nothing though it
   * is well.
   *
   * @throws EmbeddingException when the model cannot be asked
   */
  List<float @Nullable []> all(List<String> texts, TextEmbedder.Role role) {
    TextEmbedder asked = model;
    if (asked == null) {
      throw new EmbeddingException("There is no meaning model");
    }
    String key = asked.name() + "/" + role.name().toLowerCase(Locale.ROOT);
    List<float @Nullable []> vectors = new ArrayList<>(texts.size());
    List<Integer> open = new ArrayList<>();
    for (String text : texts) {
      String hash = hash(text);
      float[] known = store.find(key, hash).orElse(null);
      if (known == null && !refused.contains(hash)) {
        open.add(vectors.size());
      }
      vectors.add(known);
    }
    for (int from = 0; from < open.size(); from += BATCH) {
      List<Integer> batch = open.subList(from, Math.min(from + BATCH, open.size()));
      List<float @Nullable []> made = ask(asked, batch.stream().map(texts::get).toList(), role);
      for (int i = 0; i < made.size(); i++) {
        float[] vector = made.get(i);
        vectors.set(batch.get(i), vector);
        if (vector != null) {
          store.put(key, hash(texts.get(batch.get(i))), vector);
        }
      }
    }
    return vectors;
  }

  private List<float @Nullable []> ask(
      TextEmbedder asked, List<String> texts, TextEmbedder.Role role) {
    if (storedOnly.get()) {
      throw new EmbeddingException("The model is to be asked later");
    }
    Trouble before = trouble.get();
    if (before != null && !isMyTurn(before)) {
      throw new EmbeddingException(before.why());
    }
    try {
      List<float @Nullable []> made = new ArrayList<>(embed(asked, texts, role));
      recovered(asked);
      return made;
    } catch (EmbeddingException e) {
      if (!(e.getCause() instanceof IOException) && isWell(asked, role)) {
        recovered(asked);
        return oneByOne(asked, texts, role, e);
      }
      failed(asked, e);
      throw e;
    }
  }

  /** When the pause is over, one caller tries again while the others go on without. */
  private boolean isMyTurn(Trouble before) {
    long now = nanos.getAsLong();
    return now - before.since() >= PAUSE.toNanos()
        && trouble.compareAndSet(before, new Trouble(before.why(), now));
  }

  private static List<float[]> embed(
      TextEmbedder asked, List<String> texts, TextEmbedder.Role role) {
    List<float[]> made = asked.embed(texts, role);
    check(made, texts.size(), asked.dimension());
    return made;
  }

  private static boolean isWell(TextEmbedder asked, TextEmbedder.Role role) {
    try {
      return !embed(asked, List.of("dimension"), role).isEmpty();
    } catch (EmbeddingException e) {
      return false;
    }
  }

  /** The model is well, so that it is a text that it cannot take. */
  private List<float @Nullable []> oneByOne(
      TextEmbedder asked, List<String> texts, TextEmbedder.Role role, EmbeddingException why) {
    List<float @Nullable []> made = new ArrayList<>();
    if (texts.size() == 1) {
      refused.add(hash(texts.get(0)));
      log.warn(
          "The meaning model {} makes nothing of a text of {} characters: {}",
          asked.name(),
          texts.get(0).length(),
          why.getMessage());
      made.add(null);
      return made;
    }
    for (String text : texts) {
      made.addAll(ask(asked, List.of(text), role));
    }
    return made;
  }

  private void recovered(TextEmbedder asked) {
    if (trouble.getAndSet(null) != null) {
      log.info("The meaning model {} answers again", asked.name());
    }
  }

  private void failed(TextEmbedder asked, EmbeddingException e) {
    Trouble now = new Trouble(String.valueOf(e.getMessage()), nanos.getAsLong());
    if (trouble.getAndSet(now) == null) {
      log.warn(
          "The meaning model {} cannot be asked, words alone serve: {}",
          asked.name(),
          e.getMessage());
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
