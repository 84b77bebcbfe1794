package io.gapcanary.service.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests each caller may make: a bucket that fills at the permitted rate and holds twice
 * as much as one second brings. Thread-safe.
 */
final class RateLimit {
  private final double perSecond;
  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  RateLimit(double perSecond, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /** Takes one request of a caller's; when there is none left, how long until there is. */
  Optional<Duration> take(String caller) {
    return buckets.computeIfAbsent(caller, id -> new Bucket()).take(clock.instant());
  }

  private final class Bucket {
    private final double most = Math.max(1, 2 * perSecond);
    private double left = most;
    private Instant filledAt = Instant.MIN;

    synchronized Optional<Duration> take(Instant now) {
      if (now.isAfter(filledAt)) {
        left = filledAt.equals(Instant.MIN) ? most : Math.min(most, left + brought(now));
        filledAt = now;
      }
      if (left < 1) {
        return Optional.of(Duration.ofNanos((long) Math.ceil((1 - left) / perSecond * 1e9)));
      }
      left--;
      return Optional.empty();
    }

    private double brought(Instant now) {
      return Duration.between(filledAt, now).toNanos() / 1e9 * perSecond;
    }
  }
}
