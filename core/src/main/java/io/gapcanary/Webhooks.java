package io.gapcanary;

import io.gapcanary.storage.Session;
import io.gapcanary.storage.WebhookStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what happens to gaps, and what they are still to be told. Thread-safe; made by {@link
 * Desk#webhooks}.
 *
 * <p>A delivery is written in the transaction of the change that it tells, so that none is lost by
 * a crash, and goes when it was delivered: what is delivered just before a crash is delivered
 * again, under the same {@link Webhook.Delivery#message}. Nothing here opens a connection; that is
 * its caller's.
 */
public final class Webhooks {
  private static final String PREFIX = "whsec_";
  private static final Duration DEAD_KEPT = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DeskWork work;
  private final ProvisionalSignals provisional;

  Webhooks(DeskWork work, ProvisionalSignals provisional) {
    this.work = work;
    this.provisional = provisional;
  }

  /**
   * One that was just set up.
   *
   * @param secret with which what it is told is signed; shown this once
   */
  public record Made(Webhook webhook, String secret) {}

  /**
   * Sets one up.
   *
   * @param secret {@code whsec_} and 24 to 64 bytes in Base64; {@code null}: a new one
   * @throws IllegalArgumentException when the secret is none
   */
  public Made add(Webhook.Wish wish, @Nullable String secret, String by) {
    byte[] key = secret == null ? bytes(32) : key(secret);
    String kept = PREFIX + Base64.getEncoder().encodeToString(key);
    String id =
        "wh-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(9)).replace('_', '-');
    work.change(
        session -> {
          session.webhooks().add(id, wish, kept, work.clockNow(), by);
          return id;
        });
    return new Made(get(id), kept);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] key(String secret) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^" + PREFIX, ""));
      if (secret.startsWith(PREFIX) && key.length >= 24 && key.length <= 64) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "secret must be " + PREFIX + " and 24 to 64 bytes in Base64; leave it out for a new one");
  }

  /** All of them, in the order of setting up. */
  public List<Webhook> list() {
    return work.read(session -> session.webhooks().list());
  }

  /** The one of an id. */
  public Optional<Webhook> find(String id) {
    return list().stream().filter(webhook -> webhook.id().equals(id)).findFirst();
  }

  private Webhook get(String id) {
    return find(id).orElseThrow(() -> missing(id));
  }

  private static NotFoundException missing(String id) {
    return new NotFoundException("There is no webhook " + id);
  }

  /**
   * Changes one. What waits for it goes to where it then is.
   *
   * @param secret another one, or {@code null} to keep it
   * @throws NotFoundException when there is no such one
   * @throws IllegalArgumentException when the secret is none
   */
  public Webhook change(String id, Webhook.Wish wish, @Nullable String secret) {
    String kept = secret == null ? null : PREFIX + Base64.getEncoder().encodeToString(key(secret));
    if (!work.change(session -> session.webhooks().change(id, wish, kept))) {
      throw missing(id);
    }
    return get(id);
  }

  /**
   * Removes one, with all that waits for it.
   *
   * @throws NotFoundException when there is no such one
   */
  public void remove(String id) {
    if (!work.change(session -> session.webhooks().remove(id))) {
      throw missing(id);
    }
  }

  /**
   * Has one be told something that means nothing.
   *
   * @throws NotFoundException when there is no such one
   */
  public void test(String id) {
    get(id);
    work.change(
        session -> {
          session.webhooks().test(id, work.clockNow());
          return id;
        });
  }

  /**
   * The key that one's messages are signed with; empty for one that was removed.
   *
   * @return 24 to 64 bytes
   */
  public Optional<byte[]> key(Webhook webhook) {
    return work.read(session -> session.webhooks().secret(webhook.id())).map(Webhooks::key);
  }

  /** The deliveries that are due for one, the oldest first. None for one that is not enabled. */
  public List<Webhook.Delivery> due(String id, Instant now, int most) {
    return work.read(session -> session.webhooks().due(id, now, most));
  }

  /** The enabled ones for which something is due. */
  public List<Webhook> withDue(Instant now) {
    return work.read(session -> session.webhooks().withDue(now));
  }

  /** Notes that a delivery arrived. */
  public void delivered(Webhook.Delivery delivery) {
    work.change(session -> session.webhooks().remove(delivery.id()));
  }

  /**
   * Notes that an attempt failed.
   *
   * @param error why, in a sentence for operators
   * @param next when to try again; {@code null}: never, it is given up
   */
  public void failed(Webhook.Delivery delivery, String error, Instant now, @Nullable Instant next) {
    work.change(
        session -> {
          WebhookStore store = session.webhooks();
          store.forgetDead(now.minus(DEAD_KEPT));
          return store.failed(delivery.id(), error, now, next);
        });
  }

  /**
   * What waits, or was given up, the latest first. What was given up is forgotten after 30 days.
   *
   * @param webhook whose; {@code null}: everyone's
   * @param dead what was given up, else what waits
   * @param before only what came before the delivery of this number
   */
  public List<Webhook.Delivery> deliveries(
      @Nullable String webhook, boolean dead, long before, int most) {
    return work.read(session -> session.webhooks().deliveries(webhook, dead, before, most));
  }

  /**
   * Tries a delivery again that was given up or waits, from the first attempt on.
   *
   * @throws NotFoundException when it was delivered, or there never was one
   */
  public void redeliver(long id) {
    if (!work.change(session -> session.webhooks().redeliver(id))) {
      throw new NotFoundException("There is no delivery " + id + " that waits or was given up");
    }
  }

  /**
   * Tries all again that was given up for one.
   *
   * @return how many
   * @throws NotFoundException when there is no such webhook
   */
  public int redeliverDead(String webhook) {
    get(webhook);
    return work.change((Session session) -> session.webhooks().redeliverDead(webhook));
  }

  /**
   * Has everyone who wants it be told the report of the last week, once a week: on Monday from
   * {@link DeskSettings#reportAt} on where the desk is, or as soon after as this is called. The
   * first call on a desk tells nothing, and notes where it stands.
   *
   * <p>A live desk calls this every minute or so.
   *
   * @return how many are told
   */
  public int reportWhenDue() {
    return reportWhenDue(List.of());
  }

  /**
   * The same, with those who get it by e-mail: a message for each waits in {@link Desk#mailOutbox}.
   *
   * @param recipients their addresses
   * @return how many are told, of both kinds
   */
  public int reportWhenDue(List<String> recipients) {
    Instant now = work.clockNow();
    LocalDate monday = reportDay(now);
    if (work.read(session -> session.meta().reportedOn()).filter(monday::equals).isPresent()) {
      return 0;
    }
    return work.change(
        session -> {
          Optional<LocalDate> last = session.meta().reportedOn();
          session.meta().setReportedOn(monday);
          return last.isPresent() && last.get().isBefore(monday)
              ? report(session, due(monday), recipients)
              : 0;
        });
  }

  private static int report(Session session, Instant due, List<String> recipients) {
    recipients.forEach(recipient -> session.mail().add(recipient, due));
    return session.webhooks().report(due) + recipients.size();
  }

  private LocalDate reportDay(Instant now) {
    LocalDate monday = IsoWeek.of(LocalDate.ofInstant(now, work.settings().timeZone())).monday();
    return now.isBefore(due(monday)) ? monday.minusWeeks(1) : monday;
  }

  private Instant due(LocalDate monday) {
    DeskSettings settings = work.settings();
    return monday.atTime(settings.reportAt()).atZone(settings.timeZone()).toInstant();
  }

  /** The week that a delivery of a report tells of: the last one that was over when it was due. */
  public IsoWeek reported(Webhook.Delivery delivery) {
    return weekBefore(delivery.at(), work.settings());
  }

  static IsoWeek weekBefore(Instant due, DeskSettings settings) {
    return IsoWeek.of(LocalDate.ofInstant(due, settings.timeZone())).before();
  }

  /** The article that a delivery tells of; empty for any other, and when the article is gone. */
  public Optional<ArticleRise> worse(Webhook.Delivery delivery) {
    Long rise = delivery.rise();
    return rise == null
        ? Optional.empty()
        : work.read(session -> session.rises().findByNumber(rise));
  }

  /** What a delivery of {@link Webhook.Event#FORMING} tells of, as it stands now. */
  public Optional<BoardChange.Forming> forming(Webhook.Delivery delivery) {
    Long subject = delivery.subject();
    return subject == null
        ? Optional.empty()
        : Optional.of(work.read(session -> session.forming().get(subject)))
            .map(provisional::titled);
  }

  /** How many deliveries wait, and how many were given up. */
  public record Queue(int waiting, int dead) {}

  /** How many there are of all webhooks. */
  public Queue queue() {
    return work.read(session -> session.webhooks().queue());
  }
}
