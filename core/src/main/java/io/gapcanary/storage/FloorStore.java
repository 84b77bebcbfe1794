package io.gapcanary.storage;

import io.gapcanary.Floor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What people decided about floors. */
public final class FloorStore {
  private final Handle handle;

  FloorStore(Handle handle) {
    this.handle = handle;
  }

  /** Notes a decision; without a floor, the product's own holds again. */
  public void decide(String language, @Nullable Double floor, Instant at, String person) {
    handle.execute(
        "INSERT INTO floor_decision (language, floor, at, person) VALUES (?, ?, ?, ?)",
        language,
        floor,
        at.toEpochMilli(),
        person);
  }

  /** The decisions about a language, the latest first. */
  public List<Floor.Decision> decisions(String language) {
    return handle
        .createQuery(
            "SELECT floor, at, person FROM floor_decision WHERE language = :language ORDER BY id DESC")
        .bind("language", language)
        .map(FloorStore::decision)
        .list();
  }

  private static Floor.Decision decision(ResultSet row, StatementContext context)
      throws SQLException {
    return new Floor.Decision(
        Columns.number(row, "floor"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("person"));
  }

  /** The floors that hold because people decided so, by language. */
  public Map<String, Double> decided() {
    Map<String, Double> floors = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT language, floor FROM floor_decision
            WHERE id IN (SELECT MAX(id) FROM floor_decision GROUP BY language) AND floor IS NOT NULL""")
        .map((row, context) -> Map.entry(row.getString(1), row.getDouble(2)))
        .forEach(entry -> floors.put(entry.getKey(), entry.getValue()));
    return floors;
  }
}
