package io.gapcanary.service.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often somebody may try to sign in: in a quarter of an hour, five times in vain for a name
 * from one address, fifty times for a name, and fifty times from an address. Thread-safe.
 *
 * <p>The limit for a name from everywhere is ten times that from one address, so that strangers
 * cannot easily lock a person out.
 */
final class SignInThrottle {
  static final int FOR_NAME_FROM_ADDRESS = 5;
  static final int FOR_EITHER = 50;
  static final Duration WINDOW = Duration.ofMinutes(15);

  private static final int REMEMBERED = 20_000;

  private final InstantSource clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Failures(Instant since, int count) {}

  SignInThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /** How long to wait before the next try; empty when one may try now. */
  synchronized Optional<Duration> wait(String name, String address) {
    return longer(
        left(pair(name, address), FOR_NAME_FROM_ADDRESS),
        longer(left("name " + name, FOR_EITHER), left("address " + address, FOR_EITHER)));
  }

  private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
    return one.isPresent() && (other.isEmpty() || one.get().compareTo(other.get()) > 0)
        ? one
        : other;
  }

  private Optional<Duration> left(String key, int limit) {
    Failures known = failures.get(key);
    if (known == null || known.count() < limit) {
      return Optional.empty();
    }
    Duration left = Duration.between(clock.instant(), known.since().plus(WINDOW));
    return left.isPositive() ? Optional.of(left) : Optional.empty();
  }

  synchronized void failed(String name, String address) {
    add(pair(name, address));
    add("name " + name);
    add("address " + address);
  }

  private void add(String key) {
    Instant now = clock.instant();
    Failures known = failures.remove(key);
    failures.put(
        key,
        known == null || !known.since().plus(WINDOW).isAfter(now)
            ? new Failures(now, 1)
            : new Failures(known.since(), known.count() + 1));
  }

  synchronized void succeeded(String name, String address) {
    failures.remove(pair(name, address));
  }

  private static String pair(String name, String address) {
    return "pair " + name + "\n" + address;
  }
}
