package io.gapcanary.kb;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the vectors of a text's tokens become one, as sentence-transformers defines it; several ways
 * are put one after the other.
 *
 * @param modes at least one
 */
record Pooling(List<Mode> modes) {
  static final Pooling MEAN = new Pooling(List.of(Mode.MEAN));
  static final Pooling CLS = new Pooling(List.of(Mode.CLS));

  /** One way. */
  enum Mode {
    CLS("cls_token"),
    MAX("max_tokens"),
    MEAN("mean_tokens"),
    MEAN_SQRT_LENGTH("mean_sqrt_len_tokens"),
    WEIGHTED_MEAN("weightedmean_tokens"),
    LAST("lasttoken");

    private final String key;

    Mode(String key) {
      this.key = key;
    }
  }

  /** As a pooling module's {@code config.json} says; the mean when it says nothing. */
  static Pooling of(JsonNode config) {
    List<Mode> modes = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      if (config.path("pooling_mode_" + mode.key).asBoolean()) {
        modes.add(mode);
      }
    }
    return modes.isEmpty() ? MEAN : new Pooling(List.copyOf(modes));
  }

  /**
   * Pools.
   *
   * @param tokens the vectors of all tokens, one after the other
   * @param dimension the length of each
   */
  float[] pool(FloatBuffer tokens, int dimension) {
    float[] pooled = new float[modes.size() * dimension];
    int count = tokens.remaining() / dimension;
    for (int i = 0; i < modes.size(); i++) {
      float[] one = pool(modes.get(i), tokens, count, dimension);
      System.arraycopy(one, 0, pooled, i * dimension, dimension);
    }
    return pooled;
  }

  private static float[] pool(Mode mode, FloatBuffer tokens, int count, int dimension) {
    float[] pooled = new float[dimension];
    Arrays.fill(pooled, mode == Mode.MAX ? Float.NEGATIVE_INFINITY : 0);
    int first = mode == Mode.LAST ? count - 1 : 0;
    int last = mode == Mode.CLS ? 0 : count - 1;
    for (int t = first; t <= last; t++) {
      float weight = mode == Mode.WEIGHTED_MEAN ? t + 1 : 1;
      for (int d = 0; d < dimension; d++) {
        float x = tokens.get(tokens.position() + t * dimension + d);
        pooled[d] = mode == Mode.MAX ? Math.max(pooled[d], x) : pooled[d] + weight * x;
      }
    }
    float divisor =
        switch (mode) {
          case CLS, MAX, LAST -> 1;
          case MEAN -> count;
          case MEAN_SQRT_LENGTH -> (float) Math.sqrt(count);
          case WEIGHTED_MEAN -> count * (count + 1) / 2f;
        };
    for (int d = 0; d < dimension; d++) {
      pooled[d] /= divisor;
    }
    return pooled;
  }
}
