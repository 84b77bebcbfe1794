package io.gapcanary.storage;

import io.gapcanary.BoardChange;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** What open cases ask that has no gap yet, and was told. It knows no words. */
public final class FormingStore {
  private final Handle handle;

  FormingStore(Handle handle) {
    this.handle = handle;
  }

  /** The open cases of what was told. */
  public Set<String> told() {
    return new TreeSet<>(
        handle
            .createQuery(
                "SELECT case_id FROM forming_case JOIN desk_case ON id = case_id WHERE closed_at IS NULL")
            .mapTo(String.class)
            .list());
  }

  /**
   * Tells those who listen to the board, and the programs elsewhere that want it, of what cases
   * ask.
   */
  public void tell(Collection<String> cases, int customers, Instant at) {
    long subject =
        handle
            .createQuery(
                "INSERT INTO forming_subject (customers, at) VALUES (:customers, :at) RETURNING id")
            .bind("customers", customers)
            .bind("at", at.toEpochMilli())
            .mapTo(Long.class)
            .one();
    cases.forEach(id -> add(id, subject));
    handle.execute(
        "INSERT INTO gap_change (gap_key, what, cases, at, subject) VALUES (0, 'forming', ?, ?, ?)",
        cases.size(),
        at.toEpochMilli(),
        subject);
    handle.execute(
        """
        INSERT INTO webhook_delivery (webhook, message, what, cases, at, subject)
        SELECT w.id, 'msg_' || lower(hex(randomblob(16))), 'forming', ?, ?, ? FROM webhook w
        WHERE w.enabled AND EXISTS (SELECT 1 FROM json_each(w.events) e WHERE e.value = 'forming')\
        """,
        cases.size(),
        at.toEpochMilli(),
        subject);
  }

  /** Notes that further cases ask what was told of some. */
  public void join(Collection<String> told, Collection<String> further) {
    told.stream()
        .flatMap(id -> subject(id).stream())
        .findFirst()
        .ifPresent(subject -> further.forEach(id -> add(id, subject)));
  }

  private Optional<Long> subject(String caseId) {
    return handle
        .createQuery("SELECT subject FROM forming_case WHERE case_id = :id")
        .bind("id", caseId)
        .mapTo(Long.class)
        .findOne();
  }

  private void add(String caseId, long subject) {
    handle.execute(
        """
        INSERT OR IGNORE INTO forming_case (case_id, subject)
        SELECT id, ? FROM desk_case WHERE id = ?\
        """,
        subject,
        caseId);
  }

  /** What a number stands for, without its title. */
  public BoardChange.Forming get(long subject) {
    int customers =
        handle
            .createQuery("SELECT customers FROM forming_subject WHERE id = :id")
            .bind("id", subject)
            .mapTo(Integer.class)
            .findOne()
            .orElse(0);
    return new BoardChange.Forming(
        customers,
        handle
            .createQuery(
                """
                SELECT c.id FROM forming_case f JOIN desk_case c ON c.id = f.case_id
                WHERE f.subject = :id ORDER BY c.opened_at, c.id\
                """)
            .bind("id", subject)
            .mapTo(String.class)
            .list(),
        null,
        gap(subject).orElse(null));
  }

  private Optional<String> gap(long subject) {
    return handle
        .createQuery(
            """
            SELECT 'gap-' || g.number FROM forming_case f
              JOIN gap_case c ON c.case_id = f.case_id JOIN gap g ON g.key = c.gap_key
            WHERE f.subject = :id AND g.number IS NOT NULL AND g.merged_into IS NULL
            GROUP BY g.number ORDER BY COUNT(*) DESC, g.number LIMIT 1\
            """)
        .bind("id", subject)
        .mapTo(String.class)
        .findOne();
  }
}
