package io.gapcanary.storage;

import io.gapcanary.Gap;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Which cases count in which gap. */
public final class GapCaseStore {
  private final Handle handle;
  private final IndexLog index;

  GapCaseStore(Handle handle, IndexLog index) {
    this.handle = handle;
    this.index = index;
  }

  /** Counts a case in a gap, once. */
  public void join(GapRow gap, CaseRow row, Instant at, boolean strong) {
    handle.execute(
        """
        INSERT INTO gap_case (gap_key, case_id, customer, at, strong) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (gap_key, case_id) DO UPDATE SET strong = MAX(strong, excluded.strong)""",
        gap.key(),
        row.id(),
        row.customerOrSelf(),
        at.toEpochMilli(),
        strong);
    if (gap.kind() == Gap.Kind.MISSING) {
      index.changed(IndexLog.Kind.QUESTION, row.id());
    }
  }

  /** Takes a case out of every gap; subjects held back that are left without one go. */
  public void withdraw(String caseId) {
    List<Long> keys =
        handle
            .createQuery("SELECT gap_key FROM gap_case WHERE case_id = :id")
            .bind("id", caseId)
            .mapTo(Long.class)
            .list();
    if (!keys.isEmpty()) {
      handle.execute("DELETE FROM gap_case WHERE case_id = ?", caseId);
      index.changed(IndexLog.Kind.QUESTION, caseId);
    }
    handle.execute("DELETE FROM gap_answer WHERE case_id = ?", caseId);
    keys.forEach(this::removeIfEmpty);
  }

  /**
   * Lets a case go that is kept no longer. Gaps keep that there was one; subjects held back do not,
   * and go when they are left without any.
   */
  public void removeCase(String caseId) {
    handle.execute("DELETE FROM gap_answer WHERE case_id = ?", caseId);
    List<Long> heldBack =
        handle
            .createQuery(
                """
                SELECT gap_key FROM gap_case JOIN gap ON gap.key = gap_key
                WHERE case_id = :id AND number IS NULL""")
            .bind("id", caseId)
            .mapTo(Long.class)
            .list();
    for (long key : heldBack) {
      handle.execute("DELETE FROM gap_case WHERE gap_key = ? AND case_id = ?", key, caseId);
      removeIfEmpty(key);
    }
    handle.execute(
        "UPDATE gap SET evidence = evidence + 1 WHERE key IN (SELECT gap_key FROM gap_case WHERE case_id = ?)",
        caseId);
  }

  private void removeIfEmpty(long key) {
    handle.execute(
        """
        DELETE FROM gap WHERE key = ? AND number IS NULL AND former_number IS NULL
          AND NOT EXISTS (SELECT 1 FROM gap_case WHERE gap_key = gap.key)
          AND NOT EXISTS (SELECT 1 FROM gap_answer WHERE gap_key = gap.key)
          AND NOT EXISTS (SELECT 1 FROM gap_affinity WHERE one = gap.key OR other = gap.key)
          AND NOT EXISTS (SELECT 1 FROM gap_history WHERE gap_key = gap.key)
          AND NOT EXISTS (SELECT 1 FROM gap other WHERE other.merged_into = gap.key)""",
        key);
  }

  /**
   * The missing gap, or the subject held back, that a case counts in; or the gap that a person
   * merged a missing one into.
   */
  public Optional<Long> findMissing(String caseId) {
    return handle
        .createQuery(
            """
            SELECT g.key FROM gap_case c JOIN gap g ON g.key = c.gap_key
            WHERE c.case_id = :id AND (g.kind = 'missing' OR EXISTS (
              SELECT 1 FROM gap joined WHERE joined.merged_into = g.key AND joined.kind = 'missing'
                AND joined.merged_by IS NOT NULL))
            ORDER BY g.kind = 'missing' DESC, g.key LIMIT 1""")
        .bind("id", caseId)
        .mapTo(Long.class)
        .findOne();
  }

  /** True when a case counts in any gap or subject held back. */
  public boolean counts(String caseId) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM gap_case WHERE case_id = :id)")
        .bind("id", caseId)
        .mapTo(Boolean.class)
        .one();
  }

  /** The missing gap of each of these cases, where it has one. */
  public Map<String, Long> missing(Collection<String> caseIds) {
    Map<String, Long> keys = new LinkedHashMap<>();
    for (String id : caseIds) {
      findMissing(id).ifPresent(key -> keys.put(id, key));
    }
    return keys;
  }

  /** A case of a gap that was solved and in which nothing was given. */
  public record Solved(String caseId, Instant at) {}

  private static final String SOLVED =
      """
      FROM gap_case c JOIN desk_case d ON d.id = c.case_id JOIN outcome o ON o.case_id = c.case_id
      WHERE c.gap_key = :key AND c.case_id <> :except AND d.resolution = 'solved' AND o.given = '[]'
      """;

  /** The cases of a gap that were solved without an article, the latest first. */
  public List<Solved> solved(long key, String exceptCase, int most) {
    return handle
        .createQuery(
            "SELECT c.case_id, c.at " + SOLVED + "ORDER BY c.at DESC, c.case_id DESC LIMIT :most")
        .bind("key", key)
        .bind("except", exceptCase)
        .bind("most", most)
        .map((row, context) -> new Solved(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
        .list();
  }

  /** How many they are. */
  public int countSolved(long key, String exceptCase) {
    return handle
        .createQuery("SELECT COUNT(*) " + SOLVED)
        .bind("key", key)
        .bind("except", exceptCase)
        .mapTo(Integer.class)
        .one();
  }

  private static final String MEMBERS =
      """
      SELECT c.gap_key, c.case_id, c.customer, c.at, d.question, d.spoken, o.minutes,
        COALESCE(o.repeat_of, o.reconnect_of) AS returns_to, o.repeat_of IS NOT NULL AS repeat, d.product, d.channel, d.segment, d.version
      FROM gap_case c JOIN desk_case d ON d.id = c.case_id JOIN outcome o ON o.case_id = c.case_id
      """;

  /** The cases of a gap, in order of arrival. */
  public List<GapMember> members(long key) {
    return handle
        .createQuery(MEMBERS + "WHERE c.gap_key = :key ORDER BY c.at, c.case_id")
        .bind("key", key)
        .map(GapCaseStore::member)
        .list();
  }

  /** Some cases of a gap, evenly over its time, in order of arrival: all of a small one. */
  public List<GapMember> someMembers(long key, int most) {
    return handle
        .createQuery(
            MEMBERS
                + """
                JOIN (SELECT case_id, ROW_NUMBER() OVER (ORDER BY at, case_id) AS place, COUNT(*) OVER () AS size
                  FROM gap_case WHERE gap_key = :key) s ON s.case_id = c.case_id
                WHERE c.gap_key = :key AND (s.size <= :most
                  OR s.place * :most / s.size <> (s.place - 1) * :most / s.size)
                ORDER BY c.at, c.case_id""")
        .bind("key", key)
        .bind("most", most)
        .map(GapCaseStore::member)
        .list();
  }

  /** The latest cases of a gap, the latest first. */
  public List<GapMember> latestMembers(long key, int most) {
    return handle
        .createQuery(
            MEMBERS + "WHERE c.gap_key = :key ORDER BY c.at DESC, c.case_id DESC LIMIT " + most)
        .bind("key", key)
        .map(GapCaseStore::member)
        .list();
  }

  /** The ids of a gap's cases that are kept, in order of arrival. */
  public List<String> caseIds(long key) {
    return handle
        .createQuery(
            """
            SELECT case_id FROM gap_case WHERE gap_key = :key
              AND EXISTS (SELECT 1 FROM desk_case WHERE id = case_id) ORDER BY at, case_id""")
        .bind("key", key)
        .mapTo(String.class)
        .list();
  }

  private static GapMember member(ResultSet row, StatementContext context) throws SQLException {
    return new GapMember(
        row.getLong("gap_key"),
        row.getString("case_id"),
        row.getString("customer"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("question"),
        row.getString("spoken"),
        row.getDouble("minutes"),
        row.getString("returns_to"),
        row.getBoolean("repeat"),
        row.getString("product"),
        row.getString("channel"),
        row.getString("segment"),
        row.getString("version"));
  }

  /** Every gap and subject held back that lives in itself, by key. */
  public List<GapContent> contents() {
    Map<Long, Set<String>> cases = new HashMap<>();
    handle
        .createQuery(
            "SELECT gap_key, case_id FROM gap_case JOIN desk_case ON id = case_id ORDER BY at, case_id")
        .setFetchSize(1000)
        .map((row, context) -> Map.entry(row.getLong(1), row.getString(2)))
        .forEach(
            one ->
                cases
                    .computeIfAbsent(one.getKey(), key -> new LinkedHashSet<>())
                    .add(one.getValue()));
    return handle
        .createQuery(
            """
            SELECT g.*,
              g.state <> 'open' OR g.owner IS NOT NULL OR g.remedy <> 'article' OR EXISTS (
                SELECT 1 FROM gap_history h WHERE h.gap_key = g.key AND h.person <> 'evidence') AS decided,
              EXISTS (SELECT 1 FROM gap other WHERE other.merged_into = g.key
                AND other.merged_by IS NOT NULL) AS joined,
              EXISTS (SELECT 1 FROM gap_case c WHERE c.gap_key = g.key
                AND NOT EXISTS (SELECT 1 FROM desk_case WHERE id = c.case_id)) AS older
            FROM gap g WHERE g.merged_into IS NULL ORDER BY g.key""")
        .map(
            (row, context) -> {
              GapRow gap = GapStore.row(row, context);
              return new GapContent(
                  gap.key(),
                  gap.number(),
                  gap.kind(),
                  gap.articleId(),
                  gap.state(),
                  row.getBoolean("decided"),
                  row.getBoolean("joined"),
                  row.getBoolean("older"),
                  cases.getOrDefault(gap.key(), new LinkedHashSet<>()));
            })
        .list();
  }
}
