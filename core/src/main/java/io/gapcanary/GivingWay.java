package io.gapcanary;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lets long work on one thread give way to live work: while anything happens on the desk, it rests
 * three quarters of the time. Thread-safe; for one long work at a time.
 */
final class GivingWay implements Runnable {
  private static final Duration LIVELY = Duration.ofSeconds(1);
  private static final int RESTS = 3;
  private static final Duration LONGEST = Duration.ofMillis(200);

  private final LongSupplier nanos;
  private final Consumer<Duration> sleep;
  private volatile long lastEvent;
  private volatile boolean anyEvent;
  private volatile long worksSince;

  /**
   * Gives way to nothing yet.
   *
   * @param nanos a clock as of {@link System#nanoTime}
   * @param sleep lets time pass
   */
  GivingWay(LongSupplier nanos, Consumer<Duration> sleep) {
    this.nanos = nanos;
    this.sleep = sleep;
    this.worksSince = nanos.getAsLong();
  }

  /** Something happens on the desk. */
  void toEvent() {
    lastEvent = nanos.getAsLong();
    anyEvent = true;
  }

  /** Rests as long as is due since the last time. */
  @Override
  public void run() {
    long now = nanos.getAsLong();
    if (anyEvent && now - lastEvent < LIVELY.toNanos()) {
      long due = RESTS * (now - worksSince);
      sleep.accept(Duration.ofNanos(Math.min(due, LONGEST.toNanos())));
    }
    worksSince = nanos.getAsLong();
  }

  /** Sleeps; ends at once on an interrupted thread, which stays so. */
  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
