package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.Gap;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What happened to gaps. */
public final class GapHistoryStore {
  private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

  private final Handle handle;

  GapHistoryStore(Handle handle) {
    this.handle = handle;
  }

  /** Notes something that happened to a gap. */
  public void note(long key, Gap.Event event) {
    handle.execute(
        "INSERT INTO gap_history (gap_key, at, person, what, details, reason) VALUES (?, ?, ?, ?, ?, ?)",
        key,
        event.at().toEpochMilli(),
        event.by(),
        event.what().wireName(),
        DeskJson.line(event.details()),
        event.reason());
  }

  /** What happened to a gap and to those that joined it, oldest first. */
  public List<Gap.Event> history(long key) {
    return handle
        .createQuery(
            """
            SELECT h.at, h.person, h.what, h.details, h.reason,
              CASE WHEN g.key <> :key THEN g.number END AS joined
            FROM gap_history h JOIN gap g ON g.key = h.gap_key
            WHERE g.key = :key OR g.merged_into = :key ORDER BY h.id""")
        .bind("key", key)
        .map(GapHistoryStore::event)
        .list();
  }

  private static Gap.Event event(ResultSet row, StatementContext context) throws SQLException {
    Map<String, Object> details = new LinkedHashMap<>(details(row.getString("details")));
    int joined = row.getInt("joined");
    if (joined > 0) {
      details.put("of", "gap-" + joined);
    }
    return new Gap.Event(
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("person"),
        WireName.parse(Gap.Event.What.class, "what", row.getString("what")),
        details,
        row.getString("reason"));
  }

  private static Map<String, Object> details(String json) {
    try {
      return DeskJson.mapper().readValue(json, DETAILS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored event is no JSON", e);
    }
  }

  /**
   * The last time, from one time to before another, that each gap was verified, or opened again
   * after it was done with.
   */
  public Map<Long, Gap.Event> turnsBetween(Instant from, Instant to) {
    Map<Long, Gap.Event> turns = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT gap_key, at, person, what, details, reason, NULL AS joined FROM gap_history
            WHERE at >= :from AND at < :to AND (what IN ('verified', 'reopened')
              OR what = 'state' AND json_extract(details, '$.from') IN ('verified', 'dismissed')
                AND json_extract(details, '$.to') IN ('open', 'assigned'))
            ORDER BY id""")
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .map((row, context) -> Map.entry(row.getLong("gap_key"), event(row, context)))
        .forEach(one -> turns.put(one.getKey(), one.getValue()));
    return turns;
  }

  /** How a gap was raised last. */
  public Optional<Gap.Event> raised(long key) {
    return handle
        .createQuery(
            """
            SELECT at, person, what, details, reason, NULL AS joined FROM gap_history
            WHERE gap_key = :key AND what = 'raised' ORDER BY id DESC LIMIT 1""")
        .bind("key", key)
        .map(GapHistoryStore::event)
        .findOne();
  }

  /** When evidence opened a gap again last. */
  public Optional<Instant> reopenedAt(long key) {
    return handle
        .createQuery(
            "SELECT at FROM gap_history WHERE gap_key = :key AND what = 'reopened' ORDER BY id DESC LIMIT 1")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /** True when evidence opened a gap again once: that its questions are answered did not do. */
  public boolean relapsed(long key) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM gap_history WHERE gap_key = :key AND what = 'reopened')")
        .bind("key", key)
        .mapTo(Boolean.class)
        .one();
  }
}
