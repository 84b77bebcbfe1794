package io.gapcanary.kb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A sentence-transformers model that runs in this process on ONNX Runtime.
 *
 * <p>Needs LangChain4j's embeddings on the class path: see {@link #bundled}. Thread-safe.
 */
public final class OnnxTextEmbedder implements TextEmbedder {
  private static final Set<String> ENGLISH_ONLY = Set.of(Language.ENGLISH);

  /** A vocabulary this much smaller than the model's belongs to another model. */
  private static final double SMALLEST_VOCABULARY = 0.8;

  private final String name;
  private final OnnxEncoder encoder;
  private final ExecutorService executor = executor();
  private final int dimension;
  private final Set<String> languages;
  private final Prompts prompts;

  private record Prompts(String question, String passage) {
    static final Prompts NONE = new Prompts("", "");

    static Prompts of(ModelFolder model) {
      return new Prompts(model.prompt(Role.QUESTION), model.prompt(Role.PASSAGE));
    }

    String of(Role role) {
      return role == Role.QUESTION ? question : passage;
    }
  }

  private OnnxTextEmbedder(
      String name, OnnxEncoder encoder, int dimension, Set<String> languages, Prompts prompts) {
    this.name = name;
    this.encoder = encoder;
    this.dimension = dimension;
    this.languages = languages;
    this.prompts = prompts;
  }

  /** The English model that comes with the service, or empty when it is not on the class path. */
  public static Optional<TextEmbedder> bundled() {
    try {
      OnnxEncoder encoder = OnnxGraphs.bundled();
      return Optional.of(
          new OnnxTextEmbedder(
              "bge-small-en-v1.5-q",
              encoder,
              encoder.encode("dimension").length,
              ENGLISH_ONLY,
              Prompts.NONE));
    } catch (NoClassDefFoundError | UnsatisfiedLinkError absent) {
      return Optional.empty();
    }
  }

  /**
   * A folder as sentence-transformers models are published: {@code tokenizer.json} and {@code
   * model.onnx}, there or in {@code onnx}; without it {@code model_quantized.onnx} likewise, or the
   * only {@code .onnx} file. Pooling, the longest input, lower case and prompts are what its own
   * files say; E5 models whose files say nothing of prompts get {@code query: } and {@code passage:
   * }. It serves the languages that the front matter of its {@code README.md} declares; without
   * that, all when its name is that of a multilingual or Korean model, and else English.
   *
   * @throws IllegalArgumentException when a file is missing or cannot be used, saying which
   * @throws IllegalStateException when the libraries are not on the class path
   */
  public static TextEmbedder folder(Path folder) {
    try {
      ModelFolder model = new ModelFolder(folder);
      OnnxEncoder encoder = encoder(model);
      try {
        return new OnnxTextEmbedder(
            model.name() + "@" + model.fingerprint(),
            encoder,
            checkedDimension(model, encoder),
            model.languages(),
            Prompts.of(model));
      } catch (RuntimeException e) {
        encoder.close();
        throw e;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The embedding model in " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static OnnxEncoder encoder(ModelFolder model) {
    Path onnx = model.onnx();
    Path tokenizer = model.tokenizer();
    int highest = model.highestToken();
    if (highest < SMALLEST_VOCABULARY * model.vocabulary()) {
      throw otherTokenizer(model, highest);
    }
    try {
      return OnnxGraphs.encoder(model, onnx, tokenizer);
    } catch (NoClassDefFoundError absent) {
      throw new IllegalStateException(
          "A model in a folder needs dev.langchain4j:langchain4j-embeddings on the class path",
          absent);
    }
  }

  private static IllegalArgumentException otherTokenizer(ModelFolder model, int highest) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "tokenizer.json belongs to another model: it has %d tokens%s",
            highest + 1,
            model.vocabulary() == 0 ? "" : ", the model " + model.vocabulary()));
  }

  /** Asks the graph once, about the last token that the tokenizer may give. */
  private static int checkedDimension(ModelFolder model, OnnxEncoder encoder) {
    if (!encoder.pools() && model.furtherLayer().isPresent()) {
      throw new IllegalArgumentException(
          "its layer "
              + model.furtherLayer().get()
              + " is not in the graph: export it with its sentence_embedding");
    }
    int highest = model.highestToken();
    float[] vector;
    try {
      vector = encoder.encode("dimension");
    } catch (EmbeddingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    try {
      encoder.run(new long[] {0, highest});
    } catch (EmbeddingException e) {
      throw otherTokenizer(model, highest);
    }
    int declared = encoder.pools() ? 0 : model.dimension() * model.pooling().modes().size();
    if (declared > 0 && declared != vector.length) {
      throw new IllegalArgumentException(
          "its files declare " + declared + " dimensions and its vectors have " + vector.length);
    }
    return vector.length;
  }

  private static ExecutorService executor() {
    return Executors.newFixedThreadPool(
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        Thread.ofPlatform().daemon().name("embedding-", 0).factory());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public boolean understands(String language) {
    return languages.isEmpty() || languages.contains(language);
  }

  @Override
  public boolean knowsWord(String word) {
    return encoder.isToken(word);
  }

  @Override
  public List<float[]> embed(List<String> texts, Role role) {
    String prompt = prompts.of(role);
    if (texts.size() == 1) {
      return List.of(one(prompt + texts.get(0)));
    }
    List<Future<float[]>> asked =
        texts.stream().map(text -> executor.submit(() -> one(prompt + text))).toList();
    List<float[]> vectors = new ArrayList<>();
    try {
      for (Future<float[]> one : asked) {
        vectors.add(one.get());
      }
      return vectors;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EmbeddingException said
          ? said
          : new EmbeddingException("The embedding model " + name + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddingException("The embedding model " + name + " was interrupted", e);
    }
  }

  private float[] one(String text) {
    try {
      return unit(encoder.encode(text));
    } catch (RuntimeException e) {
      throw new EmbeddingException("The embedding model " + name + " failed: " + e.getMessage(), e);
    }
  }

  static float[] unit(float[] vector) {
    double length = 0;
    for (float x : vector) {
      length += (double) x * x;
    }
    float scale = (float) (1 / Math.sqrt(Math.max(length, 1e-30)));
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = vector[i] * scale;
    }
    return unit;
  }

  @Override
  public void close() {
    executor.close();
    encoder.close();
  }
}
