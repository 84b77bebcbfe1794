package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.Gap;
import io.gapcanary.GapCount;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/** Gaps and the subjects held back, their cases and their history. */
public final class GapStore {
  private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

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

  /** The gap of a number, or the one that it was merged into. */
  public Optional<GapRow> findByNumber(int number) {
    return handle
        .createQuery("SELECT * FROM gap WHERE number = :number")
        .bind("number", number)
        .map((row, context) -> Map.entry(row(row, context), row.getLong("merged_into")))
        .findOne()
        .map(found -> found.getValue() == 0 ? found.getKey() : get(found.getValue()));
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

  /** The gap that a person merged that of a kind and an article into. */
  public Optional<GapRow> findJoined(Gap.Kind kind, String articleId) {
    return handle
        .createQuery(
            """
            SELECT g.* FROM gap joined JOIN gap g ON g.key = joined.merged_into
            WHERE joined.kind = :kind AND joined.article_id = :article AND joined.merged_by IS NOT NULL
            ORDER BY joined.key DESC LIMIT 1""")
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

  private static GapRow row(ResultSet row, StatementContext context) throws SQLException {
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
        CaseStore.instant(row, "detected_at"),
        WireName.parse(Gap.Remedy.class, "remedy", row.getString("remedy")),
        CaseStore.instant(row, "published_at"),
        CaseStore.instant(row, "verified_at"),
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

  /**
   * A gap or a subject held back, with its cases, to be held against others.
   *
   * @param number the number in its id, or {@code null} while it is held back
   * @param decided true when a person decided anything about it, or it left the state {@code open}
   * @param joined true when a person merged another one into it
   * @param cases in order of arrival
   */
  public record Content(
      long key,
      @Nullable Integer number,
      Gap.Kind kind,
      @Nullable String articleId,
      Gap.State state,
      boolean decided,
      boolean joined,
      Set<String> cases) {
    /** The id that people see; held-back subjects have none. */
    public @Nullable String id() {
      return number == null ? null : "gap-" + number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Content content && content.key == key && content.cases.equals(cases);
    }

    /** Quick: gaps may have many cases. */
    @Override
    public int hashCode() {
      return Long.hashCode(key);
    }
  }

  /** Every gap and subject held back that lives in itself, by key. */
  public List<Content> contents() {
    Map<Long, Set<String>> cases = new HashMap<>();
    handle
        .createQuery("SELECT gap_key, case_id FROM gap_case ORDER BY at, case_id")
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
                AND other.merged_by IS NOT NULL) AS joined
            FROM gap g WHERE g.merged_into IS NULL ORDER BY g.key""")
        .map(
            (row, context) -> {
              GapRow gap = row(row, context);
              return new Content(
                  gap.key(),
                  gap.number(),
                  gap.kind(),
                  gap.articleId(),
                  gap.state(),
                  row.getBoolean("decided"),
                  row.getBoolean("joined"),
                  cases.getOrDefault(gap.key(), new LinkedHashSet<>()));
            })
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

  /** How many subjects without an article are held back. */
  public int heldBack() {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM gap WHERE number IS NULL AND kind = 'missing' AND merged_into IS NULL")
        .mapTo(Integer.class)
        .one();
  }

  private static final String HELD_BACK =
      """
      FROM (
        SELECT g.*, COUNT(DISTINCT c.customer) AS customers, MAX(c.at) AS latest
        FROM gap g JOIN gap_case c ON c.gap_key = g.key
        WHERE g.number IS NULL AND g.kind = 'missing' AND g.merged_into IS NULL
        GROUP BY g.key)
      """;

  /** The subjects held back that most customers have asked about, the latest first among equals. */
  public List<GapRow> largestHeldBack(int most) {
    return handle
        .createQuery("SELECT * " + HELD_BACK + "ORDER BY customers DESC, latest DESC LIMIT :most")
        .bind("most", most)
        .map(GapStore::row)
        .list();
  }

  /** How many subjects held back one customer alone has asked about. */
  public int heldBackOfOneCustomer() {
    return handle
        .createQuery("SELECT COUNT(*) " + HELD_BACK + "WHERE customers = 1")
        .mapTo(Integer.class)
        .one();
  }

  /** Begins a subject, held back for now. */
  public GapRow begin(Gap.Kind kind, @Nullable String articleId) {
    long key =
        handle
            .createUpdate(
                "INSERT INTO gap (kind, article_id, state, title, version) VALUES (:kind, :article, 'open', '', 1)")
            .bind("kind", kind.wireName())
            .bind("article", articleId)
            .executeAndReturnGeneratedKeys("key")
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
   * Holds a gap back again that nobody has decided anything about: its id waits for it, and its
   * cases count in none.
   *
   * @return false when somebody has
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
          "UPDATE outcome SET gap = NULL WHERE case_id IN (SELECT case_id FROM gap_case WHERE gap_key = ?)",
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
        CaseStore.millis(verifiedAt),
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

  /** Notes that a person merged a gap, so that what would come back as it joins the other one. */
  public void setMergedBy(long key, String person) {
    handle.execute("UPDATE gap SET merged_by = ? WHERE key = ?", person, key);
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

  /** Moves one gap's cases into another and leaves only a pointer. */
  public void merge(long from, long into) {
    List<String> cases =
        handle
            .createQuery("SELECT case_id FROM gap_case WHERE gap_key = :key ORDER BY case_id")
            .bind("key", from)
            .mapTo(String.class)
            .list();
    handle.execute("UPDATE OR IGNORE gap_case SET gap_key = ? WHERE gap_key = ?", into, from);
    handle.execute("DELETE FROM gap_case WHERE gap_key = ?", from);
    handle.execute("UPDATE OR IGNORE gap_answer SET gap_key = ? WHERE gap_key = ?", into, from);
    handle.execute("DELETE FROM gap_answer WHERE gap_key = ?", from);
    handle.execute(
        "UPDATE gap SET merged_into = ?, version = version + 1 WHERE key = ?", into, from);
    handle.execute("UPDATE gap SET merged_into = ? WHERE merged_into = ?", into, from);
    handle.execute("DELETE FROM gap_affinity WHERE one = ? OR other = ?", from, from);
    cases.forEach(id -> index.changed(IndexLog.Kind.QUESTION, id));
  }

  /**
   * Notes that a question fitted two gaps at once.
   *
   * @return how many have by now
   */
  public int speakForMerging(long one, long other) {
    return handle
        .createQuery(
            """
            INSERT INTO gap_affinity (one, other, questions) VALUES (:one, :other, 1)
            ON CONFLICT (one, other) DO UPDATE SET questions = questions + 1 RETURNING questions""")
        .bind("one", Math.min(one, other))
        .bind("other", Math.max(one, other))
        .mapTo(Integer.class)
        .one();
  }

  /** Notes that so many questions more must fit two gaps before they are one. */
  public void speakAgainstMerging(long one, long other, int questions) {
    handle.execute(
        "INSERT INTO gap_affinity (one, other, questions) VALUES (?, ?, ?)",
        Math.min(one, other),
        Math.max(one, other),
        -questions);
  }

  /** Moves some of a gap's cases into another. */
  public void split(long from, long into, Collection<String> caseIds) {
    for (String id : caseIds) {
      handle.execute(
          "UPDATE gap_case SET gap_key = ? WHERE gap_key = ? AND case_id = ?", into, from, id);
      handle.execute(
          "UPDATE gap_answer SET gap_key = ? WHERE gap_key = ? AND case_id = ?", into, from, id);
      index.changed(IndexLog.Kind.QUESTION, id);
    }
  }

  /** True when a person merged another gap into this one. */
  public boolean isJoinedByPerson(long key) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM gap WHERE merged_into = :key AND merged_by IS NOT NULL)")
        .bind("key", key)
        .mapTo(Boolean.class)
        .one();
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
          AND NOT EXISTS (SELECT 1 FROM gap other WHERE other.merged_into = gap.key)""",
        key);
  }

  /** True when a case's question is remembered: it counts in a missing gap. */
  public boolean isRemembered(String caseId) {
    return findMissing(caseId).isPresent();
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

  /** The missing gap of each of these cases, where it has one. */
  public Map<String, Long> missing(Collection<String> caseIds) {
    Map<String, Long> keys = new LinkedHashMap<>();
    for (String id : caseIds) {
      findMissing(id).ifPresent(key -> keys.put(id, key));
    }
    return keys;
  }

  /** How many cases a gap has. */
  public int cases(long key) {
    return handle
        .createQuery("SELECT cases FROM gap WHERE key = :key")
        .bind("key", key)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * How many distinct customers raised a gap, counted to a limit: each costs one look at an index,
   * however many cases are his.
   */
  public int strongCustomers(long key, int most) {
    return handle
        .createQuery(
            """
            WITH RECURSIVE one (customer) AS (
              SELECT MIN(customer) FROM gap_case WHERE gap_key = :key AND strong
              UNION ALL
              SELECT (SELECT MIN(c.customer) FROM gap_case c
                  WHERE c.gap_key = :key AND c.strong AND c.customer > one.customer)
              FROM one WHERE one.customer IS NOT NULL LIMIT :most)
            SELECT COUNT(customer) FROM one""")
        .bind("key", key)
        .bind("most", most)
        .mapTo(Integer.class)
        .one();
  }

  /** How many cases a gap has, and how many distinct customers raised it. */
  public record Size(int cases, int customers, int strongCustomers) {}

  /** The size of a gap. */
  public Size size(long key) {
    return sizeSince(key, Instant.EPOCH);
  }

  /** The size of a gap, counting only cases after a time. */
  public Size sizeSince(long key, Instant since) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*), COUNT(DISTINCT customer), COUNT(DISTINCT CASE WHEN strong THEN customer END)
            FROM gap_case WHERE gap_key = :key AND at > :since""")
        .bind("key", key)
        .bind("since", since.toEpochMilli())
        .map((row, context) -> new Size(row.getInt(1), row.getInt(2), row.getInt(3)))
        .one();
  }

  /** How many distinct customers raised a gap in a period. */
  public int strongCustomers(long key, Instant after, Instant until) {
    return handle
        .createQuery(
            """
            SELECT COUNT(DISTINCT customer) FROM gap_case
            WHERE gap_key = :key AND strong AND at > :after AND at <= :until""")
        .bind("key", key)
        .bind("after", after.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  /** How many cases came to a gap in a period, one case left out. */
  public int casesBetween(long key, Instant from, Instant to, String exceptCase) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM gap_case
            WHERE gap_key = :key AND at > :from AND at <= :to AND case_id <> :except""")
        .bind("key", key)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("except", exceptCase)
        .mapTo(Integer.class)
        .one();
  }

  /** A case of a gap. */
  public record Joined(String caseId, String customer, Instant at) {}

  /** The cases that came to a gap from a time on, in order. */
  public List<Joined> joinedSince(long key, Instant from) {
    return handle
        .createQuery(
            """
            SELECT case_id, customer, at FROM gap_case WHERE gap_key = :key AND at >= :from
            ORDER BY at, case_id""")
        .bind("key", key)
        .bind("from", from.toEpochMilli())
        .map(
            (row, context) ->
                new Joined(
                    row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
        .list();
  }

  /** When the latest case raised a gap; empty when none did. */
  public Optional<Instant> latestStrong(long key) {
    return handle
        .createQuery(
            "SELECT at FROM gap_case WHERE gap_key = :key AND strong ORDER BY at DESC LIMIT 1")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /** When the first case came to a gap; empty when it has none. */
  public Optional<Instant> firstCase(long key) {
    return handle
        .createQuery("SELECT MIN(at) FROM gap_case WHERE gap_key = :key")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
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

  /** What a case adds to a gap. */
  public record Member(
      long gapKey,
      String caseId,
      String customer,
      Instant at,
      String question,
      String spoken,
      double minutes,
      boolean repeat,
      @Nullable String product,
      @Nullable String channel,
      @Nullable String segment) {}

  private static final String MEMBERS =
      """
      SELECT c.gap_key, c.case_id, c.customer, c.at, d.question, d.spoken, o.minutes,
        o.repeat_of IS NOT NULL AS repeat, d.product, d.channel, d.segment
      FROM gap_case c JOIN desk_case d ON d.id = c.case_id JOIN outcome o ON o.case_id = c.case_id
      """;

  /** The cases of a gap, in order of arrival. */
  public List<Member> members(long key) {
    return handle
        .createQuery(MEMBERS + "WHERE c.gap_key = :key ORDER BY c.at, c.case_id")
        .bind("key", key)
        .map(GapStore::member)
        .list();
  }

  /** The latest cases of a gap, the latest first. */
  public List<Member> latestMembers(long key, int most) {
    return handle
        .createQuery(
            MEMBERS + "WHERE c.gap_key = :key ORDER BY c.at DESC, c.case_id DESC LIMIT " + most)
        .bind("key", key)
        .map(GapStore::member)
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

  private static Member member(ResultSet row, StatementContext context) throws SQLException {
    return new Member(
        row.getLong("gap_key"),
        row.getString("case_id"),
        row.getString("customer"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("question"),
        row.getString("spoken"),
        row.getDouble("minutes"),
        row.getBoolean("repeat"),
        row.getString("product"),
        row.getString("channel"),
        row.getString("segment"));
  }

  /** Notes that an agent gave an article in a case of a missing gap's subject. */
  public void answered(long key, String articleId, String caseId) {
    handle.execute(
        "INSERT OR IGNORE INTO gap_answer (gap_key, article_id, case_id) VALUES (?, ?, ?)",
        key,
        articleId,
        caseId);
  }

  /** In how many cases of distinct customers an article was given for a missing gap's subject. */
  public int answers(long key, String articleId) {
    return handle
        .createQuery(
            """
            SELECT COUNT(DISTINCT COALESCE(d.customer, d.id)) FROM gap_answer a JOIN desk_case d ON d.id = a.case_id
            WHERE a.gap_key = :key AND a.article_id = :article""")
        .bind("key", key)
        .bind("article", articleId)
        .mapTo(Integer.class)
        .one();
  }

  /** The missing gaps and held-back subjects for which an article was given, by key. */
  public List<GapRow> answeredBy(String articleId) {
    return handle
        .createQuery(
            """
            SELECT * FROM gap WHERE kind = 'missing' AND merged_into IS NULL
              AND key IN (SELECT gap_key FROM gap_answer WHERE article_id = :article) ORDER BY key""")
        .bind("article", articleId)
        .map(GapStore::row)
        .list();
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
        .map(GapStore::event)
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

  /** The cases that joined gaps from one time to before another, by gap, the latest first. */
  public Map<Long, List<String>> joinedBetween(Instant from, Instant to) {
    Map<Long, List<String>> joined = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT gap_key, case_id FROM gap_case WHERE at >= :from AND at < :to
            ORDER BY gap_key, at DESC, case_id DESC""")
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .map((row, context) -> Map.entry(row.getLong(1), row.getString(2)))
        .forEach(
            one ->
                joined.computeIfAbsent(one.getKey(), key -> new ArrayList<>()).add(one.getValue()));
    return joined;
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

  /** How a gap was raised. */
  public Optional<Gap.Event> raised(long key) {
    return handle
        .createQuery(
            """
            SELECT at, person, what, details, reason, NULL AS joined FROM gap_history
            WHERE gap_key = :key AND what = 'raised' ORDER BY id LIMIT 1""")
        .bind("key", key)
        .map(GapStore::event)
        .findOne();
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
