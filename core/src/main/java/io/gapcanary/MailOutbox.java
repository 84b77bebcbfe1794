package io.gapcanary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weekly reports that are still to be sent by e-mail. Thread-safe; made by {@link
 * Desk#mailOutbox}.
 *
 * <p>{@link Webhooks#reportWhenDue(List)} writes them, one message a recipient, in the transaction
 * that notes that the week is told, so that none is lost or written twice. A message goes when it
 * was sent: what is sent just before a crash is sent again, under the same {@link
 * Delivery#message}. Nothing here opens a connection; that is its caller's.
 */
public final class MailOutbox {
  private static final Duration DEAD_KEPT = Duration.ofDays(30);

  private final DeskWork work;

  MailOutbox(DeskWork work) {
    this.work = work;
  }

  /**
   * A report that is still to be sent, or was given up.
   *
   * @param id its number
   * @param message the same at every attempt
   * @param recipient the address that it goes to
   * @param at when the report was due
   * @param attempts how many were made
   * @param nextAt when the next is due; of one that was given up, when the last was
   * @param deadAt when it was given up, or {@code null}
   * @param error why the last attempt failed, as {@link #failed} was told, or {@code null}
   */
  public record Delivery(
      long id,
      String message,
      String recipient,
      Instant at,
      int attempts,
      Instant nextAt,
      @Nullable Instant deadAt,
      @Nullable String error) {}

  /** What is due, the oldest first. */
  public List<Delivery> due(Instant now, int most) {
    return work.read(session -> session.mail().due(now, most));
  }

  /** Notes that a message was sent, or shall not be sent any more. */
  public void done(Delivery delivery) {
    work.change(session -> session.mail().remove(delivery.id()));
  }

  /**
   * Notes that an attempt failed.
   *
   * @param error why
   * @param next when to try again; {@code null}: never, it is given up
   */
  public void failed(Delivery delivery, String error, Instant now, @Nullable Instant next) {
    work.change(
        session -> {
          session.mail().forgetDead(now.minus(DEAD_KEPT));
          return session.mail().failed(delivery.id(), error, now, next);
        });
  }

  /**
   * What waits, or was given up, the latest first. What was given up is forgotten after 30 days.
   *
   * @param dead what was given up, else what waits
   * @param before only what came before the message of this number
   */
  public List<Delivery> deliveries(boolean dead, long before, int most) {
    return work.read(session -> session.mail().deliveries(dead, before, most));
  }

  /**
   * Tries a message again that was given up or waits, from the first attempt on.
   *
   * @throws NotFoundException when it was sent, or there never was one
   */
  public void redeliver(long id) {
    if (!work.change(session -> session.mail().redeliver(id))) {
      throw new NotFoundException("There is no message " + id + " that waits or was given up");
    }
  }

  /** The week that a message reports: the last one that was over when it was due. */
  public IsoWeek reported(Delivery delivery) {
    return Webhooks.weekBefore(delivery.at(), work.settings());
  }

  /** How many messages wait, and how many were given up. */
  public Webhooks.Queue queue() {
    return work.read(session -> session.mail().queue());
  }
}
