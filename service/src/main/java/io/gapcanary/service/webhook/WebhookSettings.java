package io.gapcanary.service.webhook;

import java.time.Duration;

/**
 * How webhooks are delivered.
 *
 * @param toThisComputer whether addresses of this computer and of its link may be told, which an
 *     administrator of the desk could otherwise use to reach what listens only there
 * @param timeout how long a receiver may take for one attempt, its name's resolution included
 * @param attempts after so many a delivery is given up
 */
public record WebhookSettings(boolean toThisComputer, Duration timeout, int attempts) {

  /** The default of everything. */
  public static final WebhookSettings DEFAULT =
      new WebhookSettings(false, Duration.ofSeconds(10), 10);
}
