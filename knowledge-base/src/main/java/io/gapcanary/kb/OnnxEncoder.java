package io.gapcanary.kb;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A text encoder on ONNX Runtime with its tokenizer: one text at a time, because in the company of
 * others a quantised model gives a text another vector.
 *
 * <p>Thread-safe.
 */
final class OnnxEncoder implements AutoCloseable {
  private static final String POOLED = "sentence_embedding";
  private static final Set<OnnxJavaType> FLOATS =
      Set.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);
  private static final List<String> OF_TOKENS = List.of("token_embeddings", "last_hidden_state");

  static {
    // The tokenizer's library reports its host to its makers unless this is set.
    if (System.getenv("OPT_OUT_TRACKING") == null
        && System.getProperty("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
  }

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, OnnxJavaType> inputs;
  private final String output;
  private final @Nullable Pooling pooling;
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();
  private final boolean lowerCase;

  /**
   * @param session the graph; closed with this, also when this cannot be made
   * @param pooling how tokens become a text, unless the graph does that itself
   * @param longest the longest input in tokens; what is longer is embedded in parts and averaged
   * @throws IllegalArgumentException when the graph is no text encoder, or the tokenizer none
   */
  OnnxEncoder(
      OrtSession session, InputStream tokenizer, Pooling pooling, int longest, boolean lowerCase) {
    this.session = session;
    this.lowerCase = lowerCase;
    try {
      this.inputs = inputs(session);
      this.output = output(session);
      this.pooling = output.equals(POOLED) ? null : pooling;
      this.tokenizer = tokenizer(tokenizer, longest);
    } catch (OrtException | RuntimeException e) {
      closeQuietly(session);
      throw e instanceof IllegalArgumentException refused
          ? refused
          : new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void closeQuietly(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      // Why it could not be used says more.
    }
  }

  private static Map<String, OnnxJavaType> inputs(OrtSession session) throws OrtException {
    Map<String, OnnxJavaType> inputs = new TreeMap<>();
    for (NodeInfo input : session.getInputInfo().values()) {
      switch (input.getName()) {
        case "input_ids", "attention_mask", "token_type_ids", "position_ids" -> {}
        default ->
            throw new IllegalArgumentException(
                "its graph is no text encoder: it wants " + input.getName());
      }
      inputs.put(input.getName(), ((TensorInfo) input.getInfo()).type);
    }
    if (!inputs.containsKey("input_ids")) {
      throw new IllegalArgumentException("its graph is no text encoder: it takes no input_ids");
    }
    return inputs;
  }

  private static String output(OrtSession session) throws OrtException {
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    if (rank(outputs.get(POOLED)) == 2) {
      return POOLED;
    }
    for (String name : OF_TOKENS) {
      if (rank(outputs.get(name)) == 3) {
        return name;
      }
    }
    NodeInfo only = outputs.size() == 1 ? outputs.values().iterator().next() : null;
    if (only != null && rank(only) == 3 && !only.getName().contains("logits")) {
      return only.getName();
    }
    throw new IllegalArgumentException(
        "its graph is no text encoder: it gives " + String.join(", ", outputs.keySet()));
  }

  private static int rank(@Nullable NodeInfo node) {
    return node != null
            && node.getInfo() instanceof TensorInfo tensor
            && FLOATS.contains(tensor.type)
        ? tensor.getShape().length
        : 0;
  }

  private static HuggingFaceTokenizer tokenizer(InputStream json, int longest) {
    String tokens = Integer.toString(longest);
    Map<String, String> options =
        Map.of(
            "padding", "false",
            "truncation", "true",
            "stride", "0",
            "maxLength", tokens,
            "modelMaxLength", tokens);
    try {
      return HuggingFaceTokenizer.newInstance(json, options);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "tokenizer.json is no tokenizer that can be read (" + e.getMessage() + ")", e);
    }
  }

  /** True when the graph gives the vector of a whole text. */
  boolean pools() {
    return pooling == null;
  }

  /**
   * A text's vector, not of unit length yet.
   *
   * @throws EmbeddingException when the graph fails
   */
  float[] encode(String text) {
    inUse.readLock().lock();
    try {
      return encodeAll(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
    } finally {
      inUse.readLock().unlock();
    }
  }

  /** Whether a word is one token. */
  boolean isToken(String word) {
    inUse.readLock().lock();
    try {
      return tokenizer.encode(word, false, false).getIds().length == 1;
    } finally {
      inUse.readLock().unlock();
    }
  }

  private float[] encodeAll(String said) {
    Encoding encoding = tokenizer.encode(said, true, true);
    if (encoding.getOverflowing().length == 0) {
      return run(encoding.getIds());
    }
    List<Encoding> parts = new ArrayList<>(List.of(encoding));
    parts.addAll(Arrays.asList(encoding.getOverflowing()));
    return average(parts);
  }

  /** Parts weigh by their length. */
  private float[] average(List<Encoding> parts) {
    float[] sum = new float[0];
    for (Encoding part : parts) {
      float[] one = OnnxTextEmbedder.unit(run(part.getIds()));
      sum = sum.length == 0 ? new float[one.length] : sum;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part.getIds().length * one[i];
      }
    }
    return sum;
  }

  /**
   * The vector of tokens.
   *
   * @throws EmbeddingException when the graph fails, as with a token that it does not know
   */
  float[] run(long[] ids) {
    Map<String, OnnxTensor> given = new TreeMap<>();
    try {
      for (Map.Entry<String, OnnxJavaType> input : inputs.entrySet()) {
        given.put(input.getKey(), tensor(values(input.getKey(), ids), input.getValue()));
      }
      try (OrtSession.Result result = session.run(given, Set.of(output))) {
        OnnxTensor tensor = (OnnxTensor) result.get(0);
        long[] shape = tensor.getInfo().getShape();
        int dimension = (int) shape[shape.length - 1];
        return (pooling == null ? Pooling.CLS : pooling).pool(tensor.getFloatBuffer(), dimension);
      }
    } catch (OrtException e) {
      throw new EmbeddingException("The graph failed: " + e.getMessage(), e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private static long[] values(String input, long[] ids) {
    long[] values = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] =
          switch (input) {
            case "input_ids" -> ids[i];
            case "attention_mask" -> 1;
            case "position_ids" -> i;
            default -> 0;
          };
    }
    return values;
  }

  private OnnxTensor tensor(long[] values, OnnxJavaType type) throws OrtException {
    long[] shape = {1, values.length};
    return type == OnnxJavaType.INT32
        ? OnnxTensor.createTensor(
            environment,
            IntBuffer.wrap(Arrays.stream(values).mapToInt(Math::toIntExact).toArray()),
            shape)
        : OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /** Waits for what runs: the native session must outlive it. */
  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      tokenizer.close();
      closeQuietly(session);
    } finally {
      inUse.writeLock().unlock();
    }
  }
}
