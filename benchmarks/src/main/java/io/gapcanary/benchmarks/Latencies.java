package io.gapcanary.benchmarks;

import java.util.Arrays;

/** How long each of many calls took. Not thread-safe. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;
  private long worked;

  /**
   * Adds a call.
   *
   * @param taken nanoseconds until its answer
   * @param processor nanoseconds of them that a processor worked
   */
  void add(long taken, long processor) {
    worked += processor;
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = taken;
  }

  /**
   * Milliseconds that a share of the calls took at most: the value at rank {@code count p / 100}.
   */
  double millis(int percentile) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, count * percentile / 100)] / 1e6;
  }

  /** Milliseconds that a processor worked for a call, on average. */
  double worked() {
    return worked / 1e6 / count;
  }
}
