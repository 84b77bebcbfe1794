package io.gapcanary.storage;

import io.gapcanary.Webhooks;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are still to be sent, or were given up; what was sent goes. Whom they go to, and
 * what they say, is each table's own.
 */
public abstract sealed class Outbox permits MailStore, WebhookStore {
  private final Handle handle;
  private final String table;

  /**
   * @param table with {@code id}, {@code attempts}, {@code next_at}, {@code dead_at} and {@code
   *     error}
   */
  Outbox(Handle handle, String table) {
    this.handle = handle;
    this.table = table;
  }

  /** Forgets a message, because it was sent or is not wanted any more. */
  public final boolean remove(long id) {
    return handle.execute("DELETE FROM " + table + " WHERE id = ?", id) > 0;
  }

  /** Notes an attempt in vain; without a next one the message is given up. */
  public final boolean failed(long id, String error, Instant now, @Nullable Instant next) {
    return handle.execute(
            "UPDATE "
                + table
                + " SET attempts = attempts + 1, error = ?, next_at = ?, dead_at = ? WHERE id = ?",
            error,
            (next == null ? now : next).toEpochMilli(),
            next == null ? now.toEpochMilli() : null,
            id)
        > 0;
  }

  /** Forgets what was given up before a time. */
  public final void forgetDead(Instant before) {
    handle.execute("DELETE FROM " + table + " WHERE dead_at < ?", before.toEpochMilli());
  }

  /** Begins a message anew. */
  public final boolean redeliver(long id) {
    return handle.execute(
            "UPDATE " + table + " SET attempts = 0, next_at = 0, dead_at = NULL WHERE id = ?", id)
        > 0;
  }

  /** How many there are. */
  public final Webhooks.Queue queue() {
    return handle
        .createQuery("SELECT COUNT(*) - COUNT(dead_at), COUNT(dead_at) FROM " + table)
        .map((row, context) -> new Webhooks.Queue(row.getInt(1), row.getInt(2)))
        .one();
  }
}
