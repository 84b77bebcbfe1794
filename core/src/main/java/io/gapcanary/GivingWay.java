package io.gapcanary;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lets long work on one thread give way to live work: while anything happens on the desk, it rests
 * nine tenths of the time. Thread-safe; for one long work at a time.
 */
final class GivingWay implements Runnable {
  private static final Duration LIVELY = Duration.ofSeconds(1);
  private static final int RESTS = 9;
  private static final Duration LONGEST = Duration.ofMillis(200);

  private final LongSupplier nanos;
  private final Consumer<Duration> sleep;
  private volatile long lastEvent;
  private volatile boolean anyEvent;
  private volatile long worksSince;
  private volatile boolean ended;

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

  /** Lets the work end at its next rest, and whatever comes after it. */
  void end() {
    ended = true;
  }

  /**
   * Rests as long as is due since the last time.
   *
   * @throws CancellationException when the work is to end
   */
  @Override
  public void run() {
    if (ended) {
      throw new CancellationException("The desk is to be closed");
    }
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
