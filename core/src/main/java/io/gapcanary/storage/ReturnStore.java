package io.gapcanary.storage;

import io.gapcanary.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Who came back after which article, and after none. */
public final class ReturnStore {
  private static final int UNAIDED = 1000;

  private final Handle handle;

  ReturnStore(Handle handle) {
    this.handle = handle;
  }

  /**
   * A case of a known customer that gave an article; the first of a chain of them.
   *
   * @param at when it closed
   * @param edition the edition given
   * @param returned whether the customer came back about the same subject
   */
  public record Trial(Instant at, int edition, boolean returned) {}

  /**
   * The latest trials of an article, the earliest first. A customer who comes back, is given it
   * again and comes back again is one trial, as for {@link GivingStore.Tally#chains}.
   */
  public List<Trial> latestTrials(String articleId, int most) {
    return handle
        .createQuery(
            """
            SELECT at, edition, returned_by IS NOT NULL FROM giving
            WHERE article_id = :id AND customer IS NOT NULL AND NOT again ORDER BY at DESC LIMIT :most""")
        .bind("id", articleId)
        .bind("most", most)
        .map(
            (row, context) ->
                new Trial(Instant.ofEpochMilli(row.getLong(1)), row.getInt(2), row.getBoolean(3)))
        .list()
        .reversed();
  }

  /** Sums over an edition of an article. */
  public record Edition(
      int edition, int cases, int given, int returned, Instant firstGiven, Instant lastGiven) {}

  /** The editions of an article that were given, the latest first. */
  public List<Edition> editions(String articleId) {
    return handle
        .createQuery(
            """
            SELECT edition, COUNT(*), COUNT(customer), COUNT(returned_by), MIN(at), MAX(at) FROM giving
            WHERE article_id = :id GROUP BY edition ORDER BY edition DESC""")
        .bind("id", articleId)
        .map(
            (row, context) ->
                new Edition(
                    row.getInt(1),
                    row.getInt(2),
                    row.getInt(3),
                    row.getInt(4),
                    Instant.ofEpochMilli(row.getLong(5)),
                    Instant.ofEpochMilli(row.getLong(6))))
        .list();
  }

  /** The cases of known customers in which nothing was given: after how many they came back. */
  public Share unaided() {
    return handle
        .createQuery("SELECT returned, cases FROM unaided")
        .map((row, context) -> Share.of(row.getInt(1), row.getInt(2)))
        .one();
  }

  /**
   * The cases of known customers that an article, the best match, would have answered, and in which
   * nothing was given: after how many of them the customer came back.
   */
  public Share unaided(String articleId) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*), COALESCE(SUM(returned), 0) FROM (
              SELECT EXISTS (SELECT 1 FROM outcome r WHERE r.repeat_of = o.case_id) AS returned
              FROM outcome o JOIN desk_case d ON d.id = o.case_id
              WHERE json_extract(o.matches, '$[0].id') = :id AND o.given = '[]' AND o.outcome = 'answered'
                AND d.customer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = d.id)
              ORDER BY o.closed_at DESC LIMIT :most)""")
        .bind("id", articleId)
        .bind("most", UNAIDED)
        .map((row, context) -> Share.of(row.getInt(2), row.getInt(1)))
        .one();
  }

  /** The sums of every article's present edition, by article. */
  public Map<String, GivingStore.Tally> all() {
    Map<String, GivingStore.Tally> all = new TreeMap<>();
    handle
        .createQuery(
            "SELECT article_id, "
                + GivingStore.Tally.COLUMNS
                + " FROM tally WHERE article_id <> ''")
        .map((row, context) -> Map.entry(row.getString(1), GivingStore.Tally.of(row, 2)))
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  /** A case that repeats another. */
  public record Repeat(
      String caseId, String repeatOf, Instant openedAt, Instant earlierClosedAt, String question) {}

  private static final String REPEAT =
      """
      SELECT o.case_id, o.repeat_of, d.opened_at, e.closed_at AS earlier, d.question
      FROM outcome o JOIN desk_case d ON d.id = o.case_id JOIN outcome e ON e.case_id = o.repeat_of
      """;

  /**
   * Cases that repeat another, those judged last first.
   *
   * @param after the last case of the page before, or {@code null}
   */
  public List<Repeat> repeats(@Nullable String after, int most) {
    return handle
        .createQuery(
            REPEAT
                + """
                WHERE o.repeat_of IS NOT NULL
                  AND o.sequence < COALESCE((SELECT sequence FROM outcome WHERE case_id = :after), 9e18)
                ORDER BY o.sequence DESC LIMIT :most""")
        .bind("after", after)
        .bind("most", most)
        .map(ReturnStore::repeat)
        .list();
  }

  /** The same, after an article only. */
  public List<Repeat> repeats(String articleId, @Nullable String after, int most) {
    return handle
        .createQuery(
            REPEAT
                + """
                WHERE o.case_id IN (SELECT returned_by FROM giving WHERE article_id = :article AND returned_by IS NOT NULL)
                  AND o.sequence < COALESCE((SELECT sequence FROM outcome WHERE case_id = :after), 9e18)
                ORDER BY o.sequence DESC LIMIT :most""")
        .bind("article", articleId)
        .bind("after", after)
        .bind("most", most)
        .map(ReturnStore::repeat)
        .list();
  }

  /**
   * The repeat contacts that closed on some days, by the articles that they came back after, the
   * latest first.
   */
  public Map<String, List<String>> between(LocalDate from, LocalDate to) {
    Map<String, List<String>> returns = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT g.article_id, h.case_id FROM health_case h JOIN giving g ON g.returned_by = h.case_id
            WHERE h.repeats > 0 AND h.day BETWEEN :from AND :to
            GROUP BY g.article_id, h.case_id ORDER BY h.day DESC, h.case_id DESC""")
        .bind("from", from.toEpochDay())
        .bind("to", to.toEpochDay())
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(
            one ->
                returns.computeIfAbsent(one.getKey(), id -> new ArrayList<>()).add(one.getValue()));
    return returns;
  }

  private static Repeat repeat(ResultSet row, StatementContext context) throws SQLException {
    return new Repeat(
        row.getString(1),
        row.getString(2),
        Instant.ofEpochMilli(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getString(5));
  }
}
