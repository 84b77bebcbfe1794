package io.gapcanary.storage;

import io.gapcanary.MailOutbox.Delivery;
import io.gapcanary.Webhooks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Weekly reports that are still to be sent by e-mail. */
public final class MailStore {
  private final Handle handle;

  MailStore(Handle handle) {
    this.handle = handle;
  }

  /** Begins a message with the report that was due at a time. */
  public void add(String recipient, Instant at) {
    handle.execute(
        "INSERT INTO mail_delivery (message, recipient, at) VALUES ('report-' || lower(hex(randomblob(16))), ?, ?)",
        recipient,
        at.toEpochMilli());
  }

  /** What is due, the oldest first. */
  public List<Delivery> due(Instant now, int most) {
    return handle
        .createQuery(
            "SELECT * FROM mail_delivery WHERE dead_at IS NULL AND next_at <= :now ORDER BY next_at, id LIMIT :most")
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .map(MailStore::delivery)
        .list();
  }

  private static Delivery delivery(ResultSet row, StatementContext context) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("message"),
        row.getString("recipient"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("next_at")),
        Columns.instant(row, "dead_at"),
        row.getString("error"));
  }

  /** Forgets a message. */
  public boolean remove(long id) {
    return handle.execute("DELETE FROM mail_delivery WHERE id = ?", id) > 0;
  }

  /** Notes an attempt in vain; without a next one the message is given up. */
  public boolean failed(long id, String error, Instant now, @Nullable Instant next) {
    return handle.execute(
            "UPDATE mail_delivery SET attempts = attempts + 1, error = ?, next_at = ?, dead_at = ? WHERE id = ?",
            error,
            (next == null ? now : next).toEpochMilli(),
            next == null ? now.toEpochMilli() : null,
            id)
        > 0;
  }

  /** Forgets what was given up before a time. */
  public void forgetDead(Instant before) {
    handle.execute("DELETE FROM mail_delivery WHERE dead_at < ?", before.toEpochMilli());
  }

  /** Messages, the latest first. */
  public List<Delivery> deliveries(boolean dead, long before, int most) {
    return handle
        .createQuery(
            "SELECT * FROM mail_delivery WHERE (dead_at IS NOT NULL) = :dead AND id < :before ORDER BY id DESC LIMIT :most")
        .bind("dead", dead)
        .bind("before", before)
        .bind("most", most)
        .map(MailStore::delivery)
        .list();
  }

  /** Begins a message anew. */
  public boolean redeliver(long id) {
    return handle.execute(
            "UPDATE mail_delivery SET attempts = 0, next_at = 0, dead_at = NULL WHERE id = ?", id)
        > 0;
  }

  /** How many there are. */
  public Webhooks.Queue queue() {
    return handle
        .createQuery("SELECT COUNT(*) - COUNT(dead_at), COUNT(dead_at) FROM mail_delivery")
        .map((row, context) -> new Webhooks.Queue(row.getInt(1), row.getInt(2)))
        .one();
  }
}
