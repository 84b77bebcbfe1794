package io.gapcanary.service.http;

import java.time.Duration;

/**
 * How server-sent events are sent.
 *
 * @param interval a stream's events are at least so long apart; of those that come meanwhile the
 *     newest is sent when it is over
 * @param heartbeat after so long without an event a comment is sent
 * @param patience a reader that takes nothing for so long is cut off
 * @param most how many streams there may be
 * @param mostPerCaller how many of them one caller may have
 */
public record StreamSettings(
    Duration interval, Duration heartbeat, Duration patience, int most, int mostPerCaller) {

  /** The default of everything. */
  public static final StreamSettings DEFAULT =
      new StreamSettings(
          Duration.ofMillis(100), Duration.ofSeconds(15), Duration.ofSeconds(10), 10_000, 2_500);
}
