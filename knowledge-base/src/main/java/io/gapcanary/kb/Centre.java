package io.gapcanary.kb;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean of a desk's vectors: what all its questions have in common.
 *
 * <p>On a desk of one product every question resembles every other. Taken from where the desk
 * stands, and not from the origin, likeness means the same on a narrow desk and on a wide one (cf.
 * Mu and Viswanath 2018, "All-but-the-Top").
 */
final class Centre {
  private static final int FEWEST = 20;

  private Centre() {}

  /** The mean of vectors of one length; {@code null} ones are skipped. Empty when there are few. */
  static float[] of(List<float @Nullable []> vectors) {
    float[] sum = new float[0];
    int count = 0;
    for (float[] vector : vectors) {
      if (vector == null) {
        continue;
      }
      if (sum.length == 0) {
        sum = new float[vector.length];
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
      count++;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= count;
    }
    return count < FEWEST ? new float[0] : sum;
  }

  /** The cosine of two vectors as seen from the centre; from the origin when there is none. */
  static double cosine(float[] one, float[] other, float[] centre) {
    if (centre.length != one.length) {
      return Retrieval.dot(one, other);
    }
    double dot = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < one.length; i++) {
      double x = one[i] - centre[i];
      double y = other[i] - centre[i];
      dot += x * y;
      a += x * x;
      b += y * y;
    }
    return dot / Math.sqrt(Math.max(a * b, 1e-12));
  }

  static String written(float[] centre) {
    ByteBuffer buffer = ByteBuffer.allocate(centre.length * Float.BYTES);
    buffer.asFloatBuffer().put(centre);
    return Base64.getEncoder().encodeToString(buffer.array());
  }

  /**
   * What {@link #written} wrote.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  static float[] read(String text) {
    ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    float[] centre = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(centre);
    return centre;
  }
}
