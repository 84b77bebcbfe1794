package io.gapcanary.kb;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sentence-transformers model that runs in this process on ONNX Runtime.
 *
 * <p>Needs LangChain4j's embeddings on the class path: see {@link #bundled}. Thread-safe.
 */
public final class OnnxTextEmbedder implements TextEmbedder {
  private static final Set<String> ENGLISH_ONLY = Set.of(Language.ENGLISH);

  /**
   * Names by which multilingual models are known; a model that says neither is taken for English.
   */
  private static final Pattern MULTILINGUAL =
      Pattern.compile("multilingual|bge-m3|labse|xlm|kure|-ko-|korean|kosimcse|ko-s");

  /** A text is cut to what the model takes in; nothing fills up a shorter one. */
  private static final Map<String, String> TOKENIZING =
      Map.of("padding", "false", "truncation", "true", "maxLength", "512");

  private final String name;
  private final SentenceEncoder model;
  private final ExecutorService executor;
  private final int dimension;
  private final Set<String> languages;
  private final boolean prefixes;

  private OnnxTextEmbedder(
      String name, SentenceEncoder model, Set<String> languages, boolean prefixes) {
    this.name = name;
    this.model = model;
    this.executor = executor();
    this.languages = languages;
    this.prefixes = prefixes;
    this.dimension = embed(List.of("dimension"), Role.QUESTION).get(0).length;
  }

  /** The English model that comes with the service, or empty when it is not on the class path. */
  public static Optional<TextEmbedder> bundled() {
    try {
      return Optional.of(
          new OnnxTextEmbedder("bge-small-en-v1.5-q", bundledModel(), ENGLISH_ONLY, false));
    } catch (NoClassDefFoundError | UnsatisfiedLinkError absent) {
      return Optional.empty();
    }
  }

  private static SentenceEncoder bundledModel() {
    Class<?> home = BgeSmallEnV15QuantizedEmbeddingModel.class;
    try (InputStream onnx =
            Objects.requireNonNull(home.getResourceAsStream("/bge-small-en-v1.5-q.onnx"));
        InputStream tokenizer =
            Objects.requireNonNull(
                home.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json"))) {
      byte[] model = onnx.readAllBytes();
      return encoder(
          (environment, options) -> environment.createSession(model, options),
          tokenizer,
          SentenceEncoder.Pooling.CLS);
    } catch (IOException | OrtException e) {
      throw new IllegalStateException("The bundled embedding model cannot be loaded", e);
    }
  }

  private interface Session {
    OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  /**
   * Threads of the model wait asleep: one that spins takes the processor from everything beside it.
   * There are as many as this process may use, which in a container is less than the machine has.
   */
  private static SentenceEncoder encoder(
      Session session, InputStream tokenizer, SentenceEncoder.Pooling pooling)
      throws IOException, OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      HuggingFaceTokenizer words = HuggingFaceTokenizer.newInstance(tokenizer, TOKENIZING);
      return new SentenceEncoder(
          session.open(OrtEnvironment.getEnvironment(), options), words, pooling);
    }
  }

  /**
   * A folder with {@code model.onnx} (or {@code onnx/model.onnx}, or a quantised one) and {@code
   * tokenizer.json}, as sentence-transformers models are published.
   *
   * @throws IllegalArgumentException when a file is missing or cannot be used, saying which
   */
  public static TextEmbedder folder(Path folder) {
    Path onnx =
        first(
            folder,
            "model.onnx",
            "onnx/model.onnx",
            "model_quantized.onnx",
            "onnx/model_quantized.onnx");
    Path tokenizer = first(folder, "tokenizer.json", "onnx/tokenizer.json");
    String described = describe(folder);
    try (InputStream words = Files.newInputStream(tokenizer)) {
      boolean multilingual = MULTILINGUAL.matcher(described).find();
      return new OnnxTextEmbedder(
          folder.toAbsolutePath().normalize().getFileName() + "@" + Files.size(onnx),
          encoder(
              (environment, options) -> environment.createSession(onnx.toString(), options),
              words,
              pooling(folder)),
          multilingual ? Set.of() : ENGLISH_ONLY,
          described.contains("e5"));
    } catch (IOException | OrtException | RuntimeException e) {
      throw new IllegalArgumentException(
          "The embedding model in " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static Path first(Path folder, String... names) {
    return Stream.of(names)
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The embedding model in "
                        + folder
                        + " cannot be used: there is no "
                        + names[0]));
  }

  /** What the model's own files and folder say of it, in lower case. */
  private static String describe(Path folder) {
    StringBuilder said =
        new StringBuilder(folder.toAbsolutePath().normalize().getFileName().toString());
    for (String file : List.of("config.json", "README.md", "config_sentence_transformers.json")) {
      Path path = folder.resolve(file);
      try {
        if (Files.isRegularFile(path)) {
          String text = Files.readString(path);
          said.append('\n').append(text, 0, Math.min(text.length(), 5_000));
        }
      } catch (IOException e) {
        throw new IllegalArgumentException("The embedding model's " + path + " cannot be read", e);
      }
    }
    return said.toString().toLowerCase(Locale.ROOT);
  }

  private static SentenceEncoder.Pooling pooling(Path folder) throws IOException {
    Path config = folder.resolve("1_Pooling/config.json");
    if (!Files.isRegularFile(config)) {
      return SentenceEncoder.Pooling.MEAN;
    }
    Matcher cls =
        Pattern.compile("\"pooling_mode_cls_token\"\\s*:\\s*true")
            .matcher(Files.readString(config));
    return cls.find() ? SentenceEncoder.Pooling.CLS : SentenceEncoder.Pooling.MEAN;
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
  public List<float[]> embed(List<String> texts, Role role) {
    String prefix = !prefixes ? "" : role == Role.QUESTION ? "query: " : "passage: ";
    if (texts.size() == 1) {
      return List.of(embed(prefix + texts.get(0)));
    }
    List<Future<float[]>> made =
        texts.stream().map(text -> executor.submit(() -> embed(prefix + text))).toList();
    List<float[]> vectors = new ArrayList<>();
    for (Future<float[]> one : made) {
      vectors.add(get(one));
    }
    return vectors;
  }

  private float[] get(Future<float[]> vector) {
    try {
      return vector.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EmbeddingException known ? known : failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    }
  }

  private float[] embed(String text) {
    try {
      return unit(model.encode(text));
    } catch (OrtException | RuntimeException e) {
      throw failed(e);
    }
  }

  private EmbeddingException failed(Exception e) {
    return new EmbeddingException("The embedding model " + name + " failed: " + e.getMessage(), e);
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
    model.close();
  }
}
