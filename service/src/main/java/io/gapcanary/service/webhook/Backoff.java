package io.gapcanary.service.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When what could not be delivered is tried again: after the attempts 1, 2, 3, … in vain in 5, 20,
 * 80, … seconds, at most six hours, each shortened by chance by up to a half.
 *
 * @param attempts after so many it is given up
 */
public record Backoff(int attempts) {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);

  /**
   * When the next attempt is due.
   *
   * @param made how many there were
   * @return {@code null} when it is given up
   */
  public @Nullable Instant next(int made, Instant now) {
    if (made >= attempts) {
      return null;
    }
    double longest =
        Math.min((double) LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() * Math.pow(4, made - 1.0));
    double part = 0.5 + RandomGenerator.getDefault().nextDouble() / 2;
    return now.plusMillis((long) (longest * part));
  }
}
