package io.gapcanary.service.mail;

import io.gapcanary.Desk;
import io.gapcanary.IsoWeek;
import io.gapcanary.MailOutbox.Delivery;
import io.gapcanary.service.text.Voice;
import io.gapcanary.service.webhook.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what {@link io.gapcanary.MailOutbox} holds, one message after the other. Thread-safe.
 *
 * <p>What the server refuses for ever (5xx for a sender, a recipient or a message) is given up at
 * once; {@link Backoff} says when anything else is tried again. While there is no connection, all
 * that is due fails together, so that a wrong password is tried once and not once a recipient.
 */
public final class MailSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final int AT_ONCE = 50;

  private final Desk desk;
  private final MailSettings settings;
  private final Smtp smtp;
  private final Backoff backoff;
  private final Function<IsoWeek, Letter> report;
  private final InstantSource clock;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("mail").factory());
  private volatile boolean closed;

  /**
   * Sends nothing until {@link #start}.
   *
   * @param report what is said of a week
   */
  public MailSender(
      Desk desk, MailSettings settings, Function<IsoWeek, Letter> report, InstantSource clock) {
    this.desk = desk;
    this.settings = settings;
    this.smtp = new Smtp(settings);
    this.backoff = new Backoff(settings.attempts());
    this.report = report;
    this.clock = clock;
  }

  /** Begins to send. */
  public void start() {
    Future<?> unused =
        looking.scheduleWithFixedDelay(
            this::look, 0, LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How it is sent. */
  public MailSettings settings() {
    return settings;
  }

  /** The server, for what is no report that waits. */
  public Smtp smtp() {
    return smtp;
  }

  private void look() {
    try {
      List<Delivery> due = desk.mailOutbox().due(clock.instant(), AT_ONCE);
      if (!due.isEmpty()) {
        send(due);
      }
    } catch (RuntimeException e) {
      LOG.error("E-mail could not be sent", e);
    }
  }

  private void send(List<Delivery> due) {
    try (Smtp.Connection connection = smtp.open()) {
      send(due.getFirst(), connection);
      for (Delivery delivery : due.subList(1, due.size())) {
        if (closed || !connection.isOpen()) {
          return; // the rest is due at the next look
        }
        send(delivery, connection);
      }
    } catch (MailException e) {
      if (!closed) {
        due.forEach(delivery -> failed(delivery, e.failure()));
      }
    }
  }

  private void send(Delivery delivery, Smtp.Connection connection) {
    if (!settings.recipients().contains(delivery.recipient())) {
      desk.mailOutbox().done(delivery); // taken off the list since
      return;
    }
    try {
      Letter letter = report.apply(desk.mailOutbox().reported(delivery));
      connection.send(delivery.message(), delivery.recipient(), letter, clock.instant());
      sent.increment();
      desk.mailOutbox().done(delivery);
    } catch (MailException e) {
      if (!closed) {
        failed(delivery, e.failure());
      }
    } catch (RuntimeException e) {
      LOG.error("The report {} could not be written", delivery.message(), e);
      failed(delivery, new MailFailure(MailFailure.Kind.OTHER, 0));
    }
  }

  private void failed(Delivery delivery, MailFailure failure) {
    failed.increment();
    Instant now = clock.instant();
    Instant next = failure.isForEver() ? null : backoff.next(delivery.attempts() + 1, now);
    LOG.warn(
        "The report {} could not be sent by e-mail: {}{}",
        delivery.message(),
        failure.say(Voice.ENGLISH),
        next == null ? "; it is given up" : "");
    desk.mailOutbox().failed(delivery, failure.noted(), now, next);
  }

  /** How many messages were sent since the start. */
  public long sent() {
    return sent.sum();
  }

  /** How many attempts were in vain since the start. */
  public long failed() {
    return failed.sum();
  }

  /** Ends; what was not sent waits for the next start. */
  @Override
  public void close() {
    closed = true;
    looking.shutdownNow();
  }
}
