package io.gapcanary.storage;

import io.gapcanary.Gap;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Replaces what was derived from cases by what another record of the same cases derives, within one
 * transaction: outcomes, who came back, gaps and their cases. Cases, messages, links, wordings and
 * what people decided stay.
 *
 * <p>Cases that the other record does not know stay as they are, and of those that are let go here
 * nothing comes back. To be called in the order of the methods.
 */
public final class Adoption {
  private final Handle handle;
  private final Session session;

  Adoption(Handle handle) {
    this.handle = handle;
    this.session = new Session(handle);
  }

  /** The record that is written to. */
  public Session session() {
    return session;
  }

  /** Takes over what each case came to, and what it took over from one that it reconnects to. */
  public void adoptOutcomes() {
    handle
        .createQuery(
            """
            SELECT o.case_id FROM outcome o JOIN again.outcome a ON a.case_id = o.case_id
            WHERE (o.given = '[]' AND o.outcome <> 'unavailable') <> (a.given = '[]' AND a.outcome <> 'unavailable')""")
        .mapTo(String.class)
        .list()
        .forEach(session.index()::judged);
    handle.execute(
        """
        UPDATE outcome SET outcome = a.outcome, reason = a.reason, answerable = a.answerable, matches = a.matches,
          given = a.given, repeat_of = a.repeat_of, reconnect_of = a.reconnect_of, gap = NULL
        FROM again.outcome a WHERE a.case_id = outcome.case_id""");
    handle.execute(
        "DELETE FROM given WHERE origin <> case_id AND case_id IN (SELECT case_id FROM again.outcome)");
    handle.execute(
        """
        INSERT OR IGNORE INTO given (case_id, position, article_id, by_address, origin)
        SELECT g.case_id, g.position + 1000000, g.article_id, g.by_address, g.origin
        FROM again.given g JOIN desk_case c ON c.id = g.case_id WHERE g.origin <> g.case_id""");
  }

  /** Takes over which cases look like a machine's doing. What was learned from them stays. */
  public void adoptFloods() {
    handle
        .createQuery(
            """
            SELECT o.case_id FROM outcome o JOIN again.outcome a ON a.case_id = o.case_id
            WHERE EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = o.case_id)
              <> EXISTS (SELECT 1 FROM again.flood_case f WHERE f.case_id = o.case_id)""")
        .mapTo(String.class)
        .list()
        .forEach(session.index()::judged);
    handle.execute("DELETE FROM flood_case WHERE case_id IN (SELECT case_id FROM again.outcome)");
    handle.execute(
        "UPDATE desk_case SET alike = a.alike FROM again.desk_case a WHERE a.id = desk_case.id");
    handle.execute(
        """
        INSERT INTO flood (alike, counted) SELECT alike, counted FROM again.flood WHERE TRUE
        ON CONFLICT (alike) DO UPDATE SET counted = excluded.counted""");
    handle.execute(
        """
        INSERT OR IGNORE INTO flood_case (case_id, alike, at)
        SELECT f.case_id, f.alike, f.at FROM again.flood_case f JOIN desk_case d ON d.id = f.case_id""");
  }

  /** Takes over who was given what and came back, with this record's customers and editions. */
  public void adoptGivings() {
    handle.execute(
        """
        DELETE FROM giving WHERE article_id IN (SELECT id FROM article)
          AND case_id IN (SELECT case_id FROM again.outcome) AND case_id IN (SELECT id FROM desk_case)""");
    handle.execute(
        """
        INSERT OR IGNORE INTO giving (article_id, case_id, edition, customer, at, reached, returned_by, again)
        SELECT g.article_id, g.case_id, mine.edition - theirs.edition + g.edition, c.customer, g.at, g.reached,
          g.returned_by, g.again
        FROM again.giving g JOIN article mine ON mine.id = g.article_id
          JOIN again.article theirs ON theirs.id = g.article_id JOIN desk_case c ON c.id = g.case_id""");
    // The head of a chain may be a case that was let go, of which the other desk knows nothing.
    handle.execute(
        """
        UPDATE giving SET again = 1 WHERE NOT again AND EXISTS (
          SELECT 1 FROM giving f WHERE f.returned_by = giving.case_id AND f.article_id = giving.article_id
            AND f.edition = giving.edition)""");
    handle.execute("DELETE FROM tally");
    handle.execute(
        """
        INSERT INTO tally (article_id, given, returned, reached, missed, chains, chains_returned)
        SELECT g.article_id, SUM(g.customer IS NOT NULL), SUM(g.customer IS NOT NULL AND g.returned_by IS NOT NULL),
          SUM(g.reached), SUM(NOT g.reached), SUM(g.customer IS NOT NULL AND NOT g.again),
          SUM(g.customer IS NOT NULL AND g.returned_by IS NOT NULL AND NOT g.again)
        FROM giving g JOIN article a ON a.id = g.article_id AND a.edition = g.edition GROUP BY g.article_id""");
    handle.execute(
        """
        INSERT INTO tally (article_id, given, returned, reached, missed, chains, chains_returned)
        SELECT '', COALESCE(SUM(given), 0), COALESCE(SUM(returned), 0), COALESCE(SUM(reached), 0),
          COALESCE(SUM(missed), 0), COALESCE(SUM(chains), 0), COALESCE(SUM(chains_returned), 0) FROM tally""");
  }

  /**
   * Takes over the gaps.
   *
   * @param same of theirs, by key, which of ours each is, by key; all others are new
   * @param kept the keys of ours whose cases stay theirs whatever the other record says
   */
  public void adoptGaps(Map<Long, Long> same, Collection<Long> kept) {
    handle.execute("CREATE TEMP TABLE same (theirs INTEGER PRIMARY KEY, ours INTEGER NOT NULL)");
    handle.execute("CREATE TEMP TABLE stays (ours INTEGER PRIMARY KEY)");
    same.forEach(
        (theirs, ours) ->
            handle.execute("INSERT INTO temp.same (theirs, ours) VALUES (?, ?)", theirs, ours));
    kept.forEach(ours -> handle.execute("INSERT INTO temp.stays (ours) VALUES (?)", ours));
    handle.execute(
        """
        INSERT INTO temp.same (theirs, ours)
        SELECT key, key + (SELECT COALESCE(MAX(key), 0) FROM gap) FROM again.gap
        WHERE merged_into IS NULL AND key NOT IN (SELECT theirs FROM temp.same)
          AND (EXISTS (SELECT 1 FROM again.gap_case c JOIN desk_case d ON d.id = c.case_id WHERE c.gap_key = key)
            OR EXISTS (SELECT 1 FROM again.gap_answer a JOIN desk_case d ON d.id = a.case_id
              WHERE a.gap_key = key))""");
    takeCasesOut();
    putGaps();
    handle.execute(
        """
        INSERT OR IGNORE INTO gap_case (gap_key, case_id, customer, at, strong)
        SELECT s.ours, c.case_id, COALESCE(d.customer, 'case ' || d.id), c.at, c.strong
        FROM again.gap_case c JOIN temp.same s ON s.theirs = c.gap_key JOIN desk_case d ON d.id = c.case_id
          JOIN gap g ON g.key = s.ours
        WHERE NOT EXISTS (
          SELECT 1 FROM gap_case other JOIN temp.stays t ON t.ours = other.gap_key JOIN gap og ON og.key = t.ours
          WHERE other.case_id = c.case_id AND og.kind = g.kind AND og.key <> g.key)""");
    handle.execute(
        """
        INSERT OR IGNORE INTO gap_answer (gap_key, article_id, case_id)
        SELECT s.ours, a.article_id, a.case_id FROM again.gap_answer a JOIN temp.same s ON s.theirs = a.gap_key
          JOIN desk_case d ON d.id = a.case_id""");
    handle.execute(
        """
        INSERT OR IGNORE INTO gap_affinity (one, other, questions)
        SELECT MIN(s.ours, t.ours), MAX(s.ours, t.ours), a.questions FROM again.gap_affinity a
          JOIN temp.same s ON s.theirs = a.one JOIN temp.same t ON t.theirs = a.other
        WHERE s.ours <> t.ours""");
  }

  private void takeCasesOut() {
    handle.execute("DELETE FROM gap_affinity");
    handle.execute("DELETE FROM gap_answer WHERE case_id IN (SELECT id FROM again.desk_case)");
    handle.execute(
        """
        DELETE FROM gap_case WHERE case_id IN (SELECT case_id FROM again.outcome)
          AND case_id IN (SELECT id FROM desk_case) AND gap_key NOT IN (SELECT ours FROM temp.stays)""");
    handle.execute(
        """
        DELETE FROM gap WHERE number IS NULL AND former_number IS NULL AND merged_into IS NULL
          AND key NOT IN (SELECT ours FROM temp.same)
          AND NOT EXISTS (SELECT 1 FROM gap_case c WHERE c.gap_key = gap.key)
          AND NOT EXISTS (SELECT 1 FROM gap_answer a WHERE a.gap_key = gap.key)
          AND NOT EXISTS (SELECT 1 FROM gap_history h WHERE h.gap_key = gap.key)
          AND NOT EXISTS (SELECT 1 FROM gap other WHERE other.merged_into = gap.key)""");
  }

  private void putGaps() {
    handle.execute(
        """
        INSERT INTO gap (key, kind, article_id, state, title, detected_at, verified_at, published_at, version)
        SELECT s.ours, t.kind, t.article_id, t.state, t.title, t.detected_at, t.verified_at, t.published_at, 1
        FROM again.gap t JOIN temp.same s ON s.theirs = t.key WHERE s.ours NOT IN (SELECT key FROM gap)""");
    handle.execute(
        """
        INSERT INTO gap_history (gap_key, at, person, what, details, reason)
        SELECT s.ours, h.at, h.person, h.what, h.details, h.reason
        FROM again.gap_history h JOIN temp.same s ON s.theirs = h.gap_key JOIN gap g ON g.key = s.ours
          JOIN again.gap t ON t.key = h.gap_key AND t.number IS NOT NULL
        WHERE g.version = 1 AND g.number IS NULL AND h.what <> 'merged'
          AND NOT EXISTS (SELECT 1 FROM gap_history mine WHERE mine.gap_key = s.ours)
        ORDER BY h.id""");
    handle.execute(
        """
        UPDATE gap SET kind = t.kind, article_id = t.article_id, version = gap.version + 1,
          title = CASE WHEN t.title = '' THEN gap.title ELSE t.title END
        FROM again.gap t JOIN temp.same s ON s.theirs = t.key
        WHERE s.ours = gap.key
          AND (SELECT COUNT(*) FROM temp.same x WHERE x.ours = gap.key) = 1""");
  }

  /** Gives the new gaps their numbers, in the order in which they appeared. */
  public void number() {
    handle
        .createQuery(
            """
            SELECT s.ours, t.detected_at FROM again.gap t JOIN temp.same s ON s.theirs = t.key
              JOIN gap g ON g.key = s.ours
            WHERE t.number IS NOT NULL AND g.number IS NULL AND g.merged_into IS NULL ORDER BY t.number""")
        .map((row, context) -> Map.entry(row.getLong(1), Instant.ofEpochMilli(row.getLong(2))))
        .list()
        .forEach(one -> session.gaps().raise(one.getKey(), one.getValue()));
  }

  /** Which gap of this record one of theirs is. */
  public Optional<GapRow> ours(long theirs) {
    return handle
        .createQuery("SELECT ours FROM temp.same WHERE theirs = :theirs")
        .bind("theirs", theirs)
        .mapTo(Long.class)
        .findOne()
        .map(session.gaps()::get);
  }

  /** Holds a gap back again, whose id waits for it. */
  public void holdBack(GapContent gap) {
    handle.execute(
        """
        UPDATE gap SET former_number = number, number = NULL, version = version + 1
        WHERE key = ? AND number IS NOT NULL""",
        gap.key());
  }

  /** Leaves of a gap only a pointer to the one that has its cases now. */
  public void join(GapContent gap, long into) {
    session.gapMerges().merge(gap.key(), into);
  }

  /** Notes what happened to a gap. */
  public void note(long key, Gap.Event event) {
    session.gapHistory().note(key, event);
  }

  /** Tells outcomes of the gaps that their cases count in, and counts the desk's health anew. */
  public void finish() {
    handle.execute(
        """
        UPDATE outcome SET gap = (
          SELECT 'gap-' || g.number FROM again.outcome a
            JOIN again.gap t ON a.gap = 'gap-' || t.number
            JOIN temp.same s ON s.theirs = COALESCE(t.merged_into, t.key) JOIN gap g ON g.key = s.ours
          WHERE a.case_id = outcome.case_id AND g.number IS NOT NULL)
        WHERE case_id IN (SELECT case_id FROM again.outcome)""");
    handle.execute("DELETE FROM health_case WHERE case_id IN (SELECT case_id FROM outcome)");
    handle.execute("INSERT INTO health_case SELECT * FROM case_measure");
    handle.execute("DROP TABLE temp.same");
    handle.execute("DROP TABLE temp.stays");
  }
}
