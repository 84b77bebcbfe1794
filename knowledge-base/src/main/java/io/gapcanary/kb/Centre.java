package io.gapcanary.kb;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/**
 * The mean of a desk's vectors: what all its texts have in common.
 *
 * <p>On a desk of one product every question resembles every other, and a model's vectors lie in a
 * narrow cone whatever they mean. Taken from where the desk stands, and not from the origin,
 * likeness means the same on a narrow desk and on a wide one, and of one model and of another (cf.
 * Mu and Viswanath 2018, "All-but-the-Top").
 */
final class Centre {
  /** That of a desk which is not known yet: the origin. */
  static final Centre NONE = new Centre(new float[0]);

  /** So many texts of a desk weigh as much as what texts of any desk have in common. */
  private static final int PRIOR = 10;

  private final float[] mean;

  private Centre(float[] mean) {
    this.mean = mean;
  }

  /** The mean of vectors of one length; none when there is no vector. */
  static Centre of(List<float[]> vectors) {
    Sum sum = new Sum();
    vectors.forEach(sum::add);
    return sum.centre(NONE);
  }

  /** Adds vectors of one length up. Not thread-safe. */
  static final class Sum {
    private double[] sum = new double[0];
    private int count;

    void add(float[] vector) {
      if (count++ == 0) {
        sum = new double[vector.length];
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }

    boolean isEmpty() {
      return count == 0;
    }

    /** Their centre, drawn towards a general one the more the fewer they are. */
    Centre centre(Centre general) {
      int prior = general.mean.length == sum.length ? PRIOR : 0;
      float[] mean = new float[sum.length];
      for (int i = 0; i < mean.length; i++) {
        double drawn = prior == 0 ? 0 : prior * general.mean[i];
        mean[i] = (float) ((sum[i] + drawn) / (count + prior));
      }
      return new Centre(mean);
    }
  }

  boolean known() {
    return mean.length > 0;
  }

  /** A vector as seen from here, of unit length. */
  float[] view(float[] vector) {
    if (mean.length != vector.length) {
      return vector;
    }
    float[] seen = new float[vector.length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = vector[i] - mean[i];
    }
    float scale = (float) (1 / Math.sqrt(Math.max(Retrieval.dot(seen, seen), 1e-12)));
    for (int i = 0; i < seen.length; i++) {
      seen[i] *= scale;
    }
    return seen;
  }

  /** The cosine of two vectors as seen from here. */
  double cosine(float[] one, float[] other) {
    return Retrieval.dot(view(one), view(other));
  }

  String written() {
    ByteBuffer buffer = ByteBuffer.allocate(mean.length * Float.BYTES);
    buffer.asFloatBuffer().put(mean);
    return Base64.getEncoder().encodeToString(buffer.array());
  }

  /**
   * What {@link #written} wrote.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  static Centre read(String text) {
    ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    float[] centre = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(centre);
    return new Centre(centre);
  }
}
