package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.Webhook;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Webhooks and their deliveries. Triggers write those of changes. */
public final class WebhookStore extends Outbox {
  private static final String TEST = "test";
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<List<Integer>> NUMBERS = new TypeReference<>() {};

  private final Handle handle;

  WebhookStore(Handle handle) {
    super(handle, "webhook_delivery");
    this.handle = handle;
  }

  /** Keeps a new one. */
  public void add(String id, Webhook.Wish wish, String secret, Instant at, String by) {
    handle.execute(
        "INSERT INTO webhook (id, url, secret, events, growth, enabled, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        wish.url().toString(),
        secret,
        events(wish),
        growth(wish),
        wish.enabled(),
        at.toEpochMilli(),
        by);
  }

  private static String events(Webhook.Wish wish) {
    return DeskJson.line(wish.events().stream().map(WireName::wireName).sorted().toList());
  }

  private static String growth(Webhook.Wish wish) {
    return DeskJson.line(new TreeSet<>(wish.growth()));
  }

  /** Changes one; without a secret it keeps its own. */
  public boolean change(String id, Webhook.Wish wish, @Nullable String secret) {
    return handle.execute(
            "UPDATE webhook SET url = ?, events = ?, growth = ?, enabled = ?, secret = COALESCE(?, secret) WHERE id = ?",
            wish.url().toString(),
            events(wish),
            growth(wish),
            wish.enabled(),
            secret,
            id)
        > 0;
  }

  /** Removes one with its deliveries. */
  public boolean remove(String id) {
    return handle.execute("DELETE FROM webhook WHERE id = ?", id) > 0;
  }

  private static final String COUNTED =
      """
      SELECT w.*,
        (SELECT COUNT(*) FROM webhook_delivery d WHERE d.webhook = w.id AND d.dead_at IS NULL) AS waiting,
        (SELECT COUNT(*) FROM webhook_delivery d WHERE d.webhook = w.id AND d.dead_at IS NOT NULL) AS dead
      FROM webhook w
      """;

  /** All of them. */
  public List<Webhook> list() {
    return handle
        .createQuery(COUNTED + "ORDER BY created_at, id")
        .map(WebhookStore::webhook)
        .list();
  }

  /** The enabled ones for which something is due. */
  public List<Webhook> withDue(Instant now) {
    return handle
        .createQuery(
            COUNTED
                + """
                WHERE w.enabled AND EXISTS (SELECT 1 FROM webhook_delivery d
                  WHERE d.webhook = w.id AND d.dead_at IS NULL AND d.next_at <= :now)
                ORDER BY w.id""")
        .bind("now", now.toEpochMilli())
        .map(WebhookStore::webhook)
        .list();
  }

  private static Webhook webhook(ResultSet row, StatementContext context) throws SQLException {
    return new Webhook(
        row.getString("id"),
        URI.create(row.getString("url")),
        read(row.getString("events"), TEXTS).stream()
            .map(name -> WireName.parse(Webhook.Event.class, "event", name))
            .collect(Collectors.toSet()),
        read(row.getString("growth"), NUMBERS),
        row.getBoolean("enabled"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"),
        row.getInt("waiting"),
        row.getInt("dead"));
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return DeskJson.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored webhook is no JSON", e);
    }
  }

  /** The secret of one. */
  public Optional<String> secret(String id) {
    return handle
        .createQuery("SELECT secret FROM webhook WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  /** Begins a delivery that tells nothing. */
  public void test(String id, Instant at) {
    handle.execute(
        "INSERT INTO webhook_delivery (webhook, message, what, cases, at) VALUES (?, 'msg_' || lower(hex(randomblob(16))), ?, 0, ?)",
        id,
        TEST,
        at.toEpochMilli());
  }

  /**
   * Begins a delivery of the weekly report to each that wants it.
   *
   * @return how many
   */
  public int report(Instant at) {
    return handle.execute(
        """
        INSERT INTO webhook_delivery (webhook, message, what, cases, at)
        SELECT w.id, 'msg_' || lower(hex(randomblob(16))), 'report', 0, ? FROM webhook w
        WHERE w.enabled AND EXISTS (SELECT 1 FROM json_each(w.events) e WHERE e.value = 'report')""",
        at.toEpochMilli());
  }

  /** What is due for one that is enabled, the oldest first. */
  public List<Webhook.Delivery> due(String id, Instant now, int most) {
    return handle
        .createQuery(
            """
            SELECT d.* FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook AND w.enabled
            WHERE d.webhook = :id AND d.dead_at IS NULL AND d.next_at <= :now
            ORDER BY d.next_at, d.id LIMIT :most""")
        .bind("id", id)
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .map(WebhookStore::delivery)
        .list();
  }

  private static Webhook.Delivery delivery(ResultSet row, StatementContext context)
      throws SQLException {
    String what = row.getString("what");
    return new Webhook.Delivery(
        row.getLong("id"),
        row.getString("webhook"),
        row.getString("message"),
        row.getObject("gap") == null ? null : "gap-" + row.getInt("gap"),
        row.getObject("rise") == null ? null : row.getLong("rise"),
        what.equals(TEST) ? null : WireName.parse(Webhook.Event.class, "event", what),
        row.getInt("cases"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("next_at")),
        Columns.instant(row, "dead_at"),
        row.getString("error"),
        Columns.whole(row, "subject"));
  }

  /** Deliveries, the latest first. */
  public List<Webhook.Delivery> deliveries(
      @Nullable String webhook, boolean dead, long before, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM webhook_delivery
            WHERE (:webhook IS NULL OR webhook = :webhook) AND (dead_at IS NOT NULL) = :dead AND id < :before
            ORDER BY id DESC LIMIT :most""")
        .bind("webhook", webhook)
        .bind("dead", dead)
        .bind("before", before)
        .bind("most", most)
        .map(WebhookStore::delivery)
        .list();
  }

  /** Begins all anew that was given up for one. */
  public int redeliverDead(String webhook) {
    return handle.execute(
        "UPDATE webhook_delivery SET attempts = 0, next_at = 0, dead_at = NULL WHERE webhook = ? AND dead_at IS NOT NULL",
        webhook);
  }
}
