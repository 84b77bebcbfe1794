package io.gapcanary.storage;

import io.gapcanary.MailOutbox.Delivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Weekly reports that are still to be sent by e-mail. */
public final class MailStore extends Outbox {
  private final Handle handle;

  MailStore(Handle handle) {
    super(handle, "mail_delivery");
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
}
