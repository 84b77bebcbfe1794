package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.exchange.DeskJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Requests that bore a key, and how they were answered. */
public final class RequestStore {
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private final Handle handle;

  RequestStore(Handle handle) {
    this.handle = handle;
  }

  /**
   * A request that was taken.
   *
   * @param fingerprint tells whether another one is the same
   * @param at when it was taken first
   * @param answer how it was answered, or {@code null}: not, or that is not kept
   */
  public record Taken(String fingerprint, Instant at, @Nullable Answered answer) {}

  /**
   * How a request was answered.
   *
   * @param status as HTTP has it
   * @param headers by name
   * @param body may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on as it is, never compared
  public record Answered(int status, Map<String, String> headers, byte[] body) {}

  /** The request of an id, when it was taken after a time. */
  public Optional<Taken> find(String id, Instant after) {
    return handle
        .createQuery("SELECT * FROM request WHERE id = :id AND at > :after")
        .bind("id", id)
        .bind("after", after.toEpochMilli())
        .map(RequestStore::taken)
        .findOne();
  }

  private static Taken taken(ResultSet row, StatementContext context) throws SQLException {
    String headers = row.getString("headers");
    return new Taken(
        row.getString("fingerprint"),
        Instant.ofEpochMilli(row.getLong("at")),
        headers == null
            ? null
            : new Answered(row.getInt("status"), headers(headers), row.getBytes("body")));
  }

  private static Map<String, String> headers(String json) {
    try {
      return DeskJson.mapper().readValue(json, HEADERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored headers are no JSON", e);
    }
  }

  /** Takes a request, instead of an older one of its id. */
  public void take(String id, String caller, String fingerprint, Instant at) {
    handle.execute(
        "INSERT OR REPLACE INTO request (id, caller, fingerprint, at) VALUES (?, ?, ?, ?)",
        id,
        caller,
        fingerprint,
        at.toEpochMilli());
  }

  /** Keeps how a request was answered. */
  public void answer(String id, Answered answer) {
    handle.execute(
        "UPDATE request SET status = ?, headers = ?, body = ? WHERE id = ?",
        answer.status(),
        DeskJson.line(answer.headers()),
        answer.body(),
        id);
  }

  /** Forgets a request. */
  public void remove(String id) {
    handle.execute("DELETE FROM request WHERE id = ?", id);
  }

  /** Forgets what was taken until a time, and of a caller all but the latest. */
  public void trim(Instant until, String caller, int most) {
    handle.execute("DELETE FROM request WHERE at <= ?", until.toEpochMilli());
    handle.execute(
        """
        DELETE FROM request WHERE caller = ? AND at <
          (SELECT at FROM request WHERE caller = ? ORDER BY at DESC LIMIT 1 OFFSET ?)""",
        caller,
        caller,
        most - 1);
  }

  /** Forgets how every request was answered, but for those whose answer has no body. */
  public void forgetAnswers() {
    handle.execute(
        "UPDATE request SET status = NULL, headers = NULL, body = NULL WHERE length(body) > 0");
  }
}
