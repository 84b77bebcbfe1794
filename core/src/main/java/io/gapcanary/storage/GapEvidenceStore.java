package io.gapcanary.storage;

import io.gapcanary.GapCase;
import io.gapcanary.GapCaseFilter;
import io.gapcanary.GapCasePage;
import io.gapcanary.GapSignals;
import io.gapcanary.Outcome;
import io.gapcanary.Resolution;
import io.gapcanary.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What the cases of a gap show, page by page and in sum. */
public final class GapEvidenceStore {
  private static final int SHOWN = 300;
  private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,15})\\.(.{1,200})");

  private final Handle handle;

  GapEvidenceStore(Handle handle) {
    this.handle = handle;
  }

  /** Where a page ends: a case's place in time and its id. */
  private record Cursor(long at, String id) {
    /** Before all that come after it in the list: later than the latest. */
    static final Cursor BEGINNING = new Cursor(Long.MAX_VALUE, "");

    static Cursor parse(@Nullable String text) {
      if (text == null) {
        return BEGINNING;
      }
      Matcher parts = CURSOR.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException("after must be the cursor that a page ended with");
      }
      return new Cursor(Long.parseLong(parts.group(1)), parts.group(2));
    }

    static Cursor of(GapCase last) {
      return new Cursor(last.closedAt().toEpochMilli(), last.caseId());
    }

    @Override
    public String toString() {
      return at + "." + id;
    }
  }

  /**
   * A page of the cases that are kept, those that closed last first: read along the index of a
   * gap's cases by time, so that it costs the same however many there are.
   *
   * @throws IllegalArgumentException when the cursor is none
   */
  public GapCasePage list(long key, GapCaseFilter filter) {
    Cursor after = Cursor.parse(filter.after());
    List<GapCase> cases =
        handle
            .createQuery(
                """
                SELECT c.case_id, c.at, substr(d.question, 1, :shown + 1) AS question, o.outcome, o.reason, o.given,
                  (SELECT json_group_array(DISTINCT l.article_id) FROM link l
                    WHERE l.case_id = c.case_id AND l.action = 'dismissed') AS dismissed, d.resolution, d.version
                FROM gap_case c JOIN desk_case d ON d.id = c.case_id JOIN outcome o ON o.case_id = c.case_id
                WHERE c.gap_key = :key AND (c.at, c.case_id) < (:at, :id) AND c.at >= :from AND c.at < :to
                ORDER BY c.at DESC, c.case_id DESC LIMIT :most""")
            .bind("key", key)
            .bind("shown", SHOWN)
            .bind("at", after.at())
            .bind("id", after.id())
            .bind("from", filter.from() == null ? Long.MIN_VALUE : filter.from().toEpochMilli())
            .bind("to", filter.to() == null ? Long.MAX_VALUE : filter.to().toEpochMilli())
            .bind("most", filter.limit() + 1)
            .map(GapEvidenceStore::gapCase)
            .list();
    boolean more = cases.size() > filter.limit();
    List<GapCase> page = more ? cases.subList(0, filter.limit()) : cases;
    return new GapCasePage(page, more ? Cursor.of(page.getLast()).toString() : null);
  }

  private static GapCase gapCase(ResultSet row, StatementContext context) throws SQLException {
    String resolution = row.getString("resolution");
    return new GapCase(
        row.getString("case_id"),
        Instant.ofEpochMilli(row.getLong("at")),
        shown(row.getString("question")),
        WireName.parse(Outcome.Kind.class, "outcome", row.getString("outcome")),
        row.getString("reason"),
        Columns.texts(row.getString("given")),
        Columns.texts(row.getString("dismissed")),
        resolution == null ? null : WireName.parse(Resolution.class, "resolution", resolution),
        row.getString("version"));
  }

  private static String shown(String question) {
    return question.codePointCount(0, question.length()) <= SHOWN
        ? question
        : question.substring(0, question.offsetByCodePoints(0, SHOWN - 1)) + "…";
  }

  private static final String KEPT =
      """
      FROM gap_case c JOIN desk_case d ON d.id = c.case_id JOIN outcome o ON o.case_id = c.case_id
      WHERE c.gap_key = :key
      """;

  /** How many of the cases that are kept show what. */
  public GapSignals signals(long key) {
    Map<String, Integer> noMatch = new LinkedHashMap<>();
    handle
        .createQuery(
            "SELECT o.reason, COUNT(*) AS cases "
                + KEPT
                + "AND o.outcome = 'no-match' GROUP BY o.reason ORDER BY cases DESC, o.reason")
        .bind("key", key)
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(one -> noMatch.put(one.getKey(), one.getValue()));
    return handle
        .createQuery(
            """
            SELECT COUNT(*),
              TOTAL(o.given <> '[]'),
              TOTAL(EXISTS (SELECT 1 FROM link l WHERE l.case_id = c.case_id AND l.action = 'dismissed')),
              TOTAL(o.has_question AND o.given = '[]' AND COALESCE(d.resolution, '') = 'solved'),
              TOTAL(COALESCE(d.resolution, '') = 'escalated'),
              TOTAL(COALESCE(d.resolution, '') = 'unsolved')
            """
                + KEPT)
        .bind("key", key)
        .map(
            (row, context) ->
                new GapSignals(
                    row.getInt(1),
                    noMatch,
                    row.getInt(2),
                    row.getInt(3),
                    row.getInt(4),
                    row.getInt(5),
                    row.getInt(6)))
        .one();
  }
}
