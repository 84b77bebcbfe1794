package io.gapcanary.storage;

import io.gapcanary.Gap;
import io.gapcanary.GapCount;
import io.gapcanary.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Gaps and the subjects held back. */
public final class GapStore {
  private final Handle handle;
  private final IndexLog index;

  GapStore(Handle handle, IndexLog index) {
    this.handle = handle;
    this.index = index;
  }

  /** The gap of a key. */
  public GapRow get(long key) {
    return handle
        .createQuery("SELECT * FROM gap WHERE key = :key")
        .bind("key", key)
        .map(GapStore::row)
        .one();
  }

  /** The gap of a key, when it is there still. */
  public Optional<GapRow> find(long key) {
    return handle
        .createQuery("SELECT * FROM gap WHERE key = :key")
        .bind("key", key)
        .map(GapStore::row)
        .findOne();
  }

  /** The gap of a key, or the one that it was merged into, when it is there still. */
  public Optional<GapRow> findLiving(long key) {
    return handle
        .createQuery(
            "SELECT g.* FROM gap asked JOIN gap g ON g.key = COALESCE(asked.merged_into, asked.key)"
                + " WHERE asked.key = :key")
        .bind("key", key)
        .map(GapStore::row)
        .findOne();
  }

  /** The gap of a number, or the one that it was merged into. */
  public Optional<GapRow> findByNumber(int number) {
    return handle
        .createQuery("SELECT * FROM gap WHERE number = :number")
        .bind("number", number)
        .map((row, context) -> Map.entry(row(row, context), row.getLong("merged_into")))
        .findOne()
        .map(found -> found.getValue() == 0 ? found.getKey() : get(found.getValue()));
  }

  /** The gap that had a number and is held back again. */
  public Optional<GapRow> findByFormerNumber(int number) {
    return handle
        .createQuery(
            """
            SELECT * FROM gap WHERE former_number = :number AND number IS NULL AND merged_into IS NULL""")
        .bind("number", number)
        .map(GapStore::row)
        .findOne();
  }

  /** The gap of a kind that concerns an article. */
  public Optional<GapRow> findOfArticle(Gap.Kind kind, String articleId) {
    return handle
        .createQuery(
            "SELECT * FROM gap WHERE kind = :kind AND article_id = :article AND merged_into IS NULL")
        .bind("kind", kind.wireName())
        .bind("article", articleId)
        .map(GapStore::row)
        .findOne();
  }

  /** The gaps whose remedy is there and has not been proved yet. */
  public List<GapRow> published() {
    return handle
        .createQuery(
            """
            SELECT * FROM gap WHERE state = 'published' AND merged_into IS NULL
              AND number IS NOT NULL ORDER BY key""")
        .map(GapStore::row)
        .list();
  }

  static GapRow row(ResultSet row, StatementContext context) throws SQLException {
    int number = row.getInt("number");
    boolean heldBack = row.wasNull();
    return new GapRow(
        row.getLong("key"),
        heldBack ? null : number,
        WireName.parse(Gap.Kind.class, "kind", row.getString("kind")),
        row.getString("article_id"),
        WireName.parse(Gap.State.class, "state", row.getString("state")),
        row.getString("owner"),
        row.getString("title"),
        Columns.instant(row, "detected_at"),
        WireName.parse(Gap.Remedy.class, "remedy", row.getString("remedy")),
        Columns.instant(row, "published_at"),
        Columns.instant(row, "verified_at"),
        row.getLong("version"),
        row.getObject("merged_into") != null);
  }

  /** Every numbered gap, by number. */
  public List<GapRow> numbered() {
    return handle
        .createQuery(
            "SELECT * FROM gap WHERE number IS NOT NULL AND merged_into IS NULL ORDER BY number")
        .map(GapStore::row)
        .list();
  }

  /** How many gaps there are of each kind and state, where there are any. */
  public List<GapCount> counts() {
    return handle
        .createQuery(
            """
            SELECT kind, state, COUNT(*) FROM gap
            WHERE number IS NOT NULL AND merged_into IS NULL AND cases > 0
            GROUP BY kind, state ORDER BY kind, state""")
        .map(
            (row, context) ->
                new GapCount(
                    WireName.parse(Gap.Kind.class, "kind", row.getString(1)),
                    WireName.parse(Gap.State.class, "state", row.getString(2)),
                    row.getInt(3)))
        .list();
  }

  /** Who sees to a numbered gap that is not dismissed, by name. */
  public List<String> owners() {
    return handle
        .createQuery(
            """
            SELECT owner FROM gap WHERE owner IS NOT NULL AND number IS NOT NULL AND merged_into IS NULL
              AND state <> 'dismissed' GROUP BY owner COLLATE NOCASE ORDER BY owner COLLATE NOCASE""")
        .mapTo(String.class)
        .list();
  }

  /** Begins a subject, held back for now. */
  public GapRow begin(Gap.Kind kind, @Nullable String articleId) {
    long key =
        handle
            .createQuery(
                """
                INSERT INTO gap (kind, article_id, state, title, version)
                VALUES (:kind, :article, 'open', '', 1) RETURNING key""")
            .bind("kind", kind.wireName())
            .bind("article", articleId)
            .mapTo(Long.class)
            .one();
    return get(key);
  }

  /** Gives a held-back subject the next number: from now on it is a gap. */
  public GapRow raise(long key, Instant at) {
    handle.execute(
        """
        UPDATE gap SET former_number = NULL, detected_at = ?, number = COALESCE(former_number,
          (SELECT COALESCE(MAX(MAX(COALESCE(number, 0), COALESCE(former_number, 0))), 0) + 1 FROM gap))
        WHERE key = ?""",
        at.toEpochMilli(),
        key);
    return get(key);
  }

  /**
   * Holds a gap back again, unless somebody has decided anything about it: its id waits for it, and
   * its cases count in none.
   *
   * @return whether it is held back now
   */
  public boolean holdBack(long key) {
    int held =
        handle.execute(
            """
            UPDATE gap SET former_number = number, number = NULL, version = version + 1
            WHERE key = ? AND number IS NOT NULL AND state = 'open' AND owner IS NULL AND remedy = 'article'
              AND NOT EXISTS (SELECT 1 FROM gap other WHERE other.merged_into = gap.key AND other.merged_by IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM gap_history WHERE gap_key = gap.key AND person <> 'evidence'
                AND what <> 'recalculated')""",
            key);
    if (held > 0) {
      handle.execute(
          """
          UPDATE outcome SET gap = NULL WHERE case_id IN (SELECT case_id FROM gap_case WHERE gap_key = ?)
            AND gap = (SELECT 'gap-' || former_number FROM gap WHERE key = ?)""",
          key,
          key);
    }
    return held > 0;
  }

  /** Changes a gap's title. */
  public void setTitle(long key, String title) {
    handle.execute("UPDATE gap SET title = ? WHERE key = ?", title, key);
  }

  /** Changes a gap's state and owner, and so its version. */
  public void change(
      long key, Gap.State state, @Nullable String owner, @Nullable Instant verifiedAt) {
    handle.execute(
        "UPDATE gap SET state = ?, owner = ?, verified_at = COALESCE(?, verified_at), version = version + 1 WHERE key = ?",
        state.wireName(),
        owner,
        Columns.millis(verifiedAt),
        key);
  }

  /** Changes what is to cure a gap, and so its version. */
  public void setRemedy(long key, Gap.Remedy remedy) {
    handle.execute(
        "UPDATE gap SET remedy = ?, version = version + 1 WHERE key = ?", remedy.wireName(), key);
  }

  /** Notes since when a gap's remedy is there. */
  public void setPublishedAt(long key, Instant at) {
    handle.execute("UPDATE gap SET published_at = ? WHERE key = ?", at.toEpochMilli(), key);
  }

  /** When the questions of a gap were last asked again for its quiet. */
  public Optional<Instant> replayedAt(long key) {
    return handle
        .createQuery("SELECT replayed_at FROM gap WHERE key = :key")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /** Notes when they were. */
  public void setReplayedAt(long key, Instant at) {
    handle.execute("UPDATE gap SET replayed_at = ? WHERE key = ?", at.toEpochMilli(), key);
  }

  /** Makes a gap one of another kind, under the same id. */
  public void turn(long key, Gap.Kind kind, String articleId) {
    List<String> cases =
        handle
            .createQuery("SELECT case_id FROM gap_case WHERE gap_key = :key ORDER BY case_id")
            .bind("key", key)
            .mapTo(String.class)
            .list();
    handle.execute(
        "UPDATE gap SET kind = ?, article_id = ?, version = version + 1 WHERE key = ?",
        kind.wireName(),
        articleId,
        key);
    cases.forEach(id -> index.changed(IndexLog.Kind.QUESTION, id));
  }

  /**
   * A number for every gap, by key, that grows whenever what people see of its cases changes: one
   * joins, leaves, turns out to be another customer's or asks something else.
   */
  public Map<Long, Long> evidence() {
    Map<Long, Long> evidence = new HashMap<>();
    handle
        .createQuery(
            "SELECT key, evidence FROM gap WHERE number IS NOT NULL AND merged_into IS NULL")
        .map((row, context) -> Map.entry(row.getLong(1), row.getLong(2)))
        .forEach(entry -> evidence.put(entry.getKey(), entry.getValue()));
    return evidence;
  }
}
