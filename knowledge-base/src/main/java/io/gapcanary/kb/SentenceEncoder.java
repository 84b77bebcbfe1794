package io.gapcanary.kb;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A tokeniser and an ONNX session that together make a sentence's vector. What the tokeniser's
 * longest input does not hold is cut off.
 *
 * <p>Thread-safe.
 */
final class SentenceEncoder implements AutoCloseable {
  /** How the vectors of a sentence's tokens become one. */
  enum Pooling {
    /** That of the first token stands for all. */
    CLS,
    /** Their mean. */
    MEAN
  }

  private static final String TYPES = "token_type_ids";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final Pooling pooling;

  /** Takes both over: they are closed with this. */
  SentenceEncoder(OrtSession session, HuggingFaceTokenizer tokenizer, Pooling pooling) {
    this.session = session;
    this.tokenizer = tokenizer;
    this.pooling = pooling;
  }

  /** The vector of a text; of any length. */
  float[] encode(String text) throws OrtException {
    Encoding encoding = tokenizer.encode(text, true, false);
    try (OnnxTensor ids = tensor(encoding.getIds());
        OnnxTensor mask = tensor(encoding.getAttentionMask());
        OnnxTensor types = tensor(encoding.getTypeIds())) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("input_ids", ids);
      inputs.put("attention_mask", mask);
      if (session.getInputNames().contains(TYPES)) {
        inputs.put(TYPES, types);
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return pooled((OnnxTensor) result.get(0));
      }
    }
  }

  private OnnxTensor tensor(long[] of) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(of), new long[] {1, of.length});
  }

  /** Of a tensor of one sentence's tokens and their vectors. */
  private float[] pooled(OnnxTensor hidden) {
    long[] shape = hidden.getInfo().getShape();
    int tokens = pooling == Pooling.CLS ? 1 : (int) shape[1];
    float[] sum = new float[(int) shape[2]];
    FloatBuffer states = hidden.getFloatBuffer();
    for (int token = 0; token < tokens; token++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += states.get(token * sum.length + i);
      }
    }
    return sum;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("The embedding model cannot be closed", e);
    } finally {
      tokenizer.close();
    }
  }
}
