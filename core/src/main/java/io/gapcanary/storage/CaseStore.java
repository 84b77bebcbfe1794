package io.gapcanary.storage;

import io.gapcanary.Resolution;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Cases. */
public final class CaseStore {
  private final Handle handle;

  CaseStore(Handle handle) {
    this.handle = handle;
  }

  /** The case of an id. */
  public Optional<CaseRow> find(String id) {
    return handle
        .createQuery("SELECT * FROM desk_case WHERE id = :id")
        .bind("id", id)
        .map(CaseStore::row)
        .findOne();
  }

  static CaseRow row(ResultSet row, StatementContext context) throws SQLException {
    String resolution = row.getString("resolution");
    return new CaseRow(
        row.getString("id"),
        row.getString("opening_hash"),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        Instant.ofEpochMilli(row.getLong("last_at")),
        row.getBoolean("on_clock"),
        Columns.instant(row, "closed_at"),
        row.getString("channel"),
        row.getString("product"),
        row.getString("version"),
        row.getString("language"),
        row.getString("segment"),
        Columns.texts(row.getString("tags")),
        row.getString("agent_id"),
        row.getString("customer"),
        row.getBoolean("concurrent"),
        resolution == null ? null : WireName.parse(Resolution.class, "resolution", resolution),
        Columns.number(row, "handle_minutes"),
        row.getString("question"),
        row.getString("spoken"),
        row.getBoolean("sounds_again"));
  }

  /**
   * Keeps a case as it is now.
   *
   * @param alike what its question is alike by, or {@code null}
   */
  public void save(CaseRow row, Instant dueAt, @Nullable Long alike) {
    handle
        .createUpdate(
            """
            INSERT INTO desk_case (id, opening_hash, opened_at, last_at, due_at, on_clock, closed_at, channel,
              product, version, language, segment, tags, agent_id, customer, concurrent, resolution,
              handle_minutes, question, spoken, sounds_again, alike)
            VALUES (:id, :openingHash, :openedAt, :lastAt, :dueAt, :onClock, :closedAt, :channel,
              :product, :version, :language, :segment, :tags, :agentId, :customer, :concurrent, :resolution,
              :handleMinutes, :question, :spoken, :soundsAgain, :alike)
            ON CONFLICT (id) DO UPDATE SET last_at = :lastAt, due_at = :dueAt, on_clock = :onClock,
              closed_at = :closedAt, tags = :tags, resolution = :resolution,
              handle_minutes = :handleMinutes, question = :question, spoken = :spoken,
              sounds_again = :soundsAgain, alike = :alike""")
        .bind("id", row.id())
        .bind("openingHash", row.openingHash())
        .bind("openedAt", row.openedAt().toEpochMilli())
        .bind("lastAt", row.lastAt().toEpochMilli())
        .bind("dueAt", dueAt.toEpochMilli())
        .bind("onClock", row.onClock())
        .bind("closedAt", Columns.millis(row.closedAt()))
        .bind("channel", row.channel())
        .bind("product", row.product())
        .bind("version", row.version())
        .bind("language", row.language())
        .bind("segment", row.segment())
        .bind("tags", DeskJson.line(row.tags()))
        .bind("agentId", row.agentId())
        .bind("customer", row.customer())
        .bind("concurrent", row.concurrent())
        .bind("resolution", wireName(row.resolution()))
        .bind("handleMinutes", row.handleMinutes())
        .bind("question", row.question())
        .bind("spoken", row.spoken())
        .bind("soundsAgain", row.soundsAgain())
        .bind("alike", alike)
        .execute();
  }

  private static @Nullable String wireName(@Nullable WireName constant) {
    return constant == null ? null : constant.wireName();
  }

  /** A case that should close itself. */
  public record Due(String caseId, Instant at) {}

  /**
   * The open case that is due first, among those that live on the clock or among the others; empty
   * when none is due by {@code latest}.
   */
  public Optional<Due> findDue(boolean onClock, Instant latest) {
    return handle
        .createQuery(
            """
            SELECT id, due_at FROM desk_case
            WHERE closed_at IS NULL AND due_at <= :latest AND on_clock = :onClock
            ORDER BY due_at, id LIMIT 1""")
        .bind("latest", latest.toEpochMilli())
        .bind("onClock", onClock)
        .map((row, context) -> new Due(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
        .findOne();
  }

  /**
   * A closed case that asked something.
   *
   * @param row the case
   * @param closedAt when it closed
   * @param given whether an article was given in it
   */
  public record Past(CaseRow row, Instant closedAt, boolean given) {}

  /** The closed cases that asked something in a language, those judged last first. */
  public List<Past> latestAsked(String language, int most) {
    return handle
        .createQuery(
            """
            SELECT c.*, o.closed_at AS judged_for, o.given <> '[]' AS any_given
            FROM outcome o JOIN desk_case c ON c.id = o.case_id
            WHERE o.has_question = 1 AND c.spoken = :language AND c.closed_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = c.id)
            ORDER BY o.sequence DESC LIMIT :most""")
        .bind("language", language)
        .bind("most", most)
        .map(
            (row, context) ->
                new Past(
                    row(row, context),
                    Instant.ofEpochMilli(row.getLong("judged_for")),
                    row.getBoolean("any_given")))
        .list();
  }

  /**
   * A closed case that asked something and was given an article.
   *
   * @param row the case
   * @param given the articles
   */
  public record Answered(CaseRow row, List<String> given) {
    /** Takes a copy. */
    public Answered {
      given = List.copyOf(given);
    }
  }

  /** The closed cases that asked something and were given an article, those judged last first. */
  public List<Answered> latestGiven(int most) {
    return handle
        .createQuery(
            """
            SELECT c.*, o.given AS articles FROM outcome o JOIN desk_case c ON c.id = o.case_id
            WHERE o.has_question = 1 AND o.given <> '[]' AND c.closed_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = c.id)
            ORDER BY o.sequence DESC LIMIT :most""")
        .bind("most", most)
        .map(
            (row, context) ->
                new Answered(row(row, context), Columns.texts(row.getString("articles"))))
        .list();
  }

  /**
   * True when the customer of a case had a later one that repeats or continues it, or that counts
   * in a gap.
   */
  public boolean cameBack(String caseId, long gapKey) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (
              SELECT 1 FROM desk_case mine JOIN desk_case later
                ON later.customer = mine.customer AND later.opened_at >= mine.opened_at AND later.id <> mine.id
              LEFT JOIN outcome o ON o.case_id = later.id
              WHERE mine.id = :case AND (o.repeat_of = :case OR o.reconnect_of = :case OR EXISTS (
                SELECT 1 FROM gap_case g WHERE g.gap_key = :gap AND g.case_id = later.id)))""")
        .bind("case", caseId)
        .bind("gap", gapKey)
        .mapTo(Boolean.class)
        .one();
  }

  /** Cases that closed before a time, the earliest first. */
  public List<String> closedBefore(Instant until, int most) {
    return handle
        .createQuery(
            "SELECT id FROM desk_case WHERE closed_at < :until ORDER BY closed_at, id LIMIT :most")
        .bind("until", until.toEpochMilli())
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** Removes a case, and what was said in it. */
  public void remove(String caseId) {
    for (String table : List.of("message", "link", "given")) {
      handle.execute("DELETE FROM " + table + " WHERE case_id = ?", caseId);
    }
    handle.execute("DELETE FROM desk_case WHERE id = ?", caseId);
  }

  /** Every case, by id. */
  public Set<String> ids() {
    return new TreeSet<>(handle.createQuery("SELECT id FROM desk_case").mapTo(String.class).list());
  }

  /** When the first case opened; {@code otherwise} where there is none. */
  public Instant firstOpened(Instant otherwise) {
    return handle
        .createQuery("SELECT min(opened_at) FROM desk_case")
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli)
        .orElse(otherwise);
  }

  /**
   * The closed cases that were judged after an outcome, in the order of judging.
   *
   * @param sequence of that outcome; 0: all
   */
  public List<Judged> judgedAfter(long sequence) {
    return handle
        .createQuery(
            """
            SELECT o.case_id, o.sequence FROM outcome o JOIN desk_case c ON c.id = o.case_id
            WHERE o.sequence > :sequence AND c.closed_at IS NOT NULL ORDER BY o.sequence""")
        .bind("sequence", sequence)
        .map((row, context) -> new Judged(row.getString(1), row.getLong(2)))
        .list();
  }

  /** A closed case, and the place of its outcome among all. */
  public record Judged(String caseId, long sequence) {}

  /** How many messages and links a case has. */
  public record Length(int messages, int links) {}

  /** How many messages and links a case has. */
  public Length length(String caseId) {
    return handle
        .createQuery(
            """
            SELECT (SELECT COUNT(*) FROM message WHERE case_id = :id),
              (SELECT COUNT(*) FROM link WHERE case_id = :id)""")
        .bind("id", caseId)
        .map((row, context) -> new Length(row.getInt(1), row.getInt(2)))
        .one();
  }

  /** Every open case. */
  public List<String> open() {
    return handle
        .createQuery("SELECT id FROM desk_case WHERE closed_at IS NULL ORDER BY opened_at, id")
        .mapTo(String.class)
        .list();
  }

  /** How many cases are open. */
  public int countOpen() {
    return handle
        .createQuery("SELECT count(*) FROM desk_case WHERE closed_at IS NULL")
        .mapTo(Integer.class)
        .one();
  }
}
