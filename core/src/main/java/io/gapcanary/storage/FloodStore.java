package io.gapcanary.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Cases that look like a machine's doing, by what they are alike by. */
public final class FloodStore {
  private final Handle handle;

  FloodStore(Handle handle) {
    this.handle = handle;
  }

  /** When cases that ask alike opened, up to a time and not before another, the latest first. */
  public List<Instant> openedUntil(long alike, Instant until, Instant from, int most) {
    return handle
        .createQuery(
            """
            SELECT opened_at FROM desk_case
            WHERE alike = :alike AND opened_at BETWEEN :from AND :until ORDER BY opened_at DESC LIMIT :most""")
        .bind("alike", alike)
        .bind("from", from.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .bind("most", most)
        .mapTo(Long.class)
        .map(Instant::ofEpochMilli)
        .list();
  }

  /** When cases that ask alike opened, after a time and not after another, the earliest first. */
  public List<Instant> openedAfter(long alike, Instant after, Instant to, int most) {
    return handle
        .createQuery(
            """
            SELECT opened_at FROM desk_case
            WHERE alike = :alike AND opened_at > :after AND opened_at <= :to ORDER BY opened_at LIMIT :most""")
        .bind("alike", alike)
        .bind("after", after.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("most", most)
        .mapTo(Long.class)
        .map(Instant::ofEpochMilli)
        .list();
  }

  /** A closed case. */
  public record Alike(String caseId, Instant openedAt) {}

  /** The cases that ask alike, opened in a period, have been judged and count, in their order. */
  public List<Alike> judged(long alike, Instant from, Instant to, String exceptCase, int most) {
    return handle
        .createQuery(
            """
            SELECT d.id, d.opened_at FROM desk_case d
            WHERE d.alike = :alike AND d.opened_at BETWEEN :from AND :to AND d.id <> :except
              AND d.closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM outcome o WHERE o.case_id = d.id)
              AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = d.id)
            ORDER BY d.opened_at, d.id LIMIT :most""")
        .bind("alike", alike)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("except", exceptCase)
        .bind("most", most)
        .map((row, context) -> new Alike(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
        .list();
  }

  /** True when a case that asks alike and opened in a period is set aside. */
  public boolean anySetAside(long alike, Instant from, Instant to) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM flood_case WHERE alike = :alike AND at BETWEEN :from AND :to)")
        .bind("alike", alike)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  /** True when a case is set aside. */
  public boolean isSetAside(String caseId) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM flood_case WHERE case_id = :id)")
        .bind("id", caseId)
        .mapTo(Boolean.class)
        .one();
  }

  /** Sets a case aside, once. */
  public void setAside(String caseId, long alike, Instant openedAt) {
    handle.execute(
        "INSERT OR IGNORE INTO flood_case (case_id, alike, at) VALUES (?, ?, ?)",
        caseId,
        alike,
        openedAt.toEpochMilli());
  }

  /** Takes back that a case is set aside; false when it was not. */
  public boolean takeBack(String caseId) {
    return handle.execute("DELETE FROM flood_case WHERE case_id = ?", caseId) > 0;
  }

  private static final String COUNTED =
      """
      SELECT EXISTS (SELECT 1 FROM flood f JOIN desk_case d ON d.id = f.counted AND d.alike = f.alike
        WHERE f.alike = :alike""";

  /** True when a case counts for those of a flood. */
  public boolean isCounted(long alike, String caseId) {
    return handle
        .createQuery(COUNTED + " AND f.counted = :id)")
        .bind("alike", alike)
        .bind("id", caseId)
        .mapTo(Boolean.class)
        .one();
  }

  /** True when any case counts for those of a flood. */
  public boolean isAnyCounted(long alike) {
    return handle.createQuery(COUNTED + ")").bind("alike", alike).mapTo(Boolean.class).one();
  }

  /** Notes which case counts for those of a flood. */
  public void count(long alike, String caseId) {
    handle.execute(
        """
        INSERT INTO flood (alike, counted) VALUES (?, ?)
        ON CONFLICT (alike) DO UPDATE SET counted = excluded.counted""",
        alike,
        caseId);
  }

  /**
   * A text that cases set aside ask.
   *
   * @param key its key in the record
   * @param question the latest case's, masked; empty when none of its cases is kept
   * @param cases how many are set aside
   * @param firstAt when the first of them opened; {@code null} when there is none
   * @param lastAt when the last of them opened; {@code null} when there is none
   * @param counted the case that counts for all
   * @param gap the id of the gap that this one counts in, or {@code null}
   * @param people whether a person said that people are behind it
   * @param decidedAt when that was decided last, or {@code null}
   * @param decidedBy by whom, or {@code null}
   */
  public record Row(
      long key,
      long alike,
      String question,
      int cases,
      @Nullable Instant firstAt,
      @Nullable Instant lastAt,
      String counted,
      @Nullable String gap,
      boolean people,
      @Nullable Instant decidedAt,
      @Nullable String decidedBy) {}

  private static final String ROWS =
      """
      SELECT f.key, f.alike, f.cases, f.counted,
        COALESCE(
          (SELECT d.question FROM flood_case c JOIN desk_case d ON d.id = c.case_id
            WHERE c.alike = f.alike AND d.alike = f.alike ORDER BY c.at DESC, c.case_id DESC LIMIT 1),
          (SELECT d.question FROM desk_case d WHERE d.id = f.counted AND d.alike = f.alike), '') AS question,
        (SELECT MIN(at) FROM flood_case WHERE alike = f.alike) AS first_at,
        (SELECT MAX(at) FROM flood_case WHERE alike = f.alike) AS last_at,
        (SELECT 'gap-' || g.number FROM gap_case c JOIN gap g ON g.key = c.gap_key
          WHERE c.case_id = f.counted AND g.number IS NOT NULL AND g.merged_into IS NULL
          ORDER BY g.kind = 'missing' DESC, g.key LIMIT 1) AS gap,
        COALESCE(p.people, 0) AS people, p.at AS decided_at, p.person AS decided_by
      FROM flood f LEFT JOIN flood_decision p
        ON p.id = (SELECT MAX(id) FROM flood_decision WHERE alike = f.alike)
      """;

  /** The texts that cases are set aside for, or that people were decided to ask, latest first. */
  public List<Row> list(int most) {
    return handle
        .createQuery(
            ROWS
                + "WHERE f.cases > 0 OR p.people ORDER BY COALESCE(last_at, p.at) DESC, f.key DESC LIMIT :most")
        .bind("most", most)
        .map(FloodStore::row)
        .list();
  }

  /** The text of a key. */
  public Optional<Row> find(long key) {
    return handle
        .createQuery(ROWS + "WHERE f.key = :key")
        .bind("key", key)
        .map(FloodStore::row)
        .findOne();
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    return new Row(
        row.getLong("key"),
        row.getLong("alike"),
        row.getString("question"),
        row.getInt("cases"),
        Columns.instant(row, "first_at"),
        Columns.instant(row, "last_at"),
        row.getString("counted"),
        row.getString("gap"),
        row.getBoolean("people"),
        Columns.instant(row, "decided_at"),
        row.getString("decided_by"));
  }

  /** How many cases are set aside, and how many texts they ask. */
  public record Size(int cases, int texts) {}

  /** How many cases are set aside, and how many texts they ask. */
  public Size size() {
    return handle
        .createQuery("SELECT COALESCE(SUM(cases), 0), COUNT(*) FROM flood WHERE cases > 0")
        .map((row, context) -> new Size(row.getInt(1), row.getInt(2)))
        .one();
  }

  /** How many cases are set aside that ask what cases of a gap ask. */
  public int beside(long gapKey) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(SUM(f.cases), 0) FROM flood f CROSS JOIN gap_case c
            WHERE f.cases > 0 AND c.gap_key = :gap AND c.case_id = f.counted""")
        .bind("gap", gapKey)
        .mapTo(Integer.class)
        .one();
  }

  /** The cases that are set aside for a text, the one that opened last first. */
  public List<Alike> cases(long alike, int most) {
    return handle
        .createQuery(
            """
            SELECT case_id, at FROM flood_case WHERE alike = :alike
            ORDER BY at DESC, case_id DESC LIMIT :most""")
        .bind("alike", alike)
        .bind("most", most)
        .map((row, context) -> new Alike(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
        .list();
  }

  /** The channels that the latest cases set aside for a text came by. */
  public List<String> channels(long alike, int latest) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT d.channel FROM desk_case d JOIN (
              SELECT case_id FROM flood_case WHERE alike = :alike ORDER BY at DESC, case_id DESC LIMIT :latest) l
              ON l.case_id = d.id
            WHERE d.channel IS NOT NULL ORDER BY 1""")
        .bind("alike", alike)
        .bind("latest", latest)
        .mapTo(String.class)
        .list();
  }

  /** True when a person said that people are behind a text. */
  public boolean isOfPeople(long alike) {
    return handle
        .createQuery(
            "SELECT people FROM flood_decision WHERE alike = :alike ORDER BY id DESC LIMIT 1")
        .bind("alike", alike)
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  /** When somebody last decided whether people are behind a text. */
  public Optional<Instant> decidedAt(long alike) {
    return handle
        .createQuery("SELECT MAX(at) AS at FROM flood_decision WHERE alike = :alike")
        .bind("alike", alike)
        .map((row, context) -> Optional.ofNullable(Columns.instant(row, "at")))
        .one();
  }

  /** Notes whether people are behind a text, as a person says. */
  public void decide(long alike, boolean people, Instant at, String person) {
    handle.execute(
        "INSERT INTO flood_decision (alike, people, at, person) VALUES (?, ?, ?, ?)",
        alike,
        people,
        at.toEpochMilli(),
        person);
  }

  /** The texts that a person said people are behind. */
  public List<Long> ofPeople() {
    return handle
        .createQuery(
            """
            SELECT alike FROM flood_decision p
            WHERE people AND id = (SELECT MAX(id) FROM flood_decision WHERE alike = p.alike) ORDER BY id""")
        .mapTo(Long.class)
        .list();
  }

  /** Cases that are set aside though people ask their text, of each text the earliest first. */
  public List<String> released(int most) {
    return handle
        .createQuery(
            """
            SELECT c.case_id FROM flood f CROSS JOIN flood_case c
            WHERE f.cases > 0 AND c.alike = f.alike AND (
              SELECT people FROM flood_decision WHERE alike = f.alike ORDER BY id DESC LIMIT 1)
            ORDER BY f.key, c.at, c.case_id LIMIT :most""")
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /**
   * Lets a case go that is about to be removed. With the last one that asks alike goes everything
   * that is known of its text.
   */
  public void removeCase(String caseId) {
    Optional<Long> alike =
        handle
            .createQuery("SELECT alike FROM desk_case WHERE id = :id AND alike IS NOT NULL")
            .bind("id", caseId)
            .mapTo(Long.class)
            .findOne();
    takeBack(caseId);
    if (alike.isPresent()) {
      for (String table : List.of("flood", "flood_decision")) {
        handle.execute(
            "DELETE FROM "
                + table
                + " WHERE alike = ? AND NOT EXISTS (SELECT 1 FROM desk_case WHERE alike = ? AND id <> ?)",
            alike.get(),
            alike.get(),
            caseId);
      }
    }
  }
}
