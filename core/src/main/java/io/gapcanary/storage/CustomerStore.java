package io.gapcanary.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Customers, by the hashes of what names them, and the cases of each. */
public final class CustomerStore {
  private final Handle handle;

  CustomerStore(Handle handle) {
    this.handle = handle;
  }

  /**
   * The customer whom any of these hashes names; those named by several are found to be one.
   * Unknown hashes are noted.
   */
  public String identify(Collection<String> hashes) {
    TreeSet<String> known = new TreeSet<>();
    for (String hash : hashes) {
      handle
          .createQuery("SELECT customer FROM identity WHERE hash = :hash")
          .bind("hash", hash)
          .mapTo(String.class)
          .findOne()
          .ifPresent(known::add);
    }
    String customer = known.isEmpty() ? hashes.iterator().next() : known.first();
    for (String other : known.tailSet(customer, false)) {
      merge(other, customer);
    }
    for (String hash : hashes) {
      handle.execute(
          "INSERT OR IGNORE INTO identity (hash, customer) VALUES (?, ?)", hash, customer);
    }
    return customer;
  }

  private void merge(String from, String to) {
    handle.execute("UPDATE identity SET customer = ? WHERE customer = ?", to, from);
    handle.execute("UPDATE desk_case SET customer = ? WHERE customer = ?", to, from);
    handle.execute("UPDATE giving SET customer = ? WHERE customer = ?", to, from);
    handle.execute("UPDATE gap_case SET customer = ? WHERE customer = ?", to, from);
  }

  /**
   * Forgets a customer who has no case any more: how they were known, and by which name they were
   * counted, in which cases and at what time. The counts stay, of one customer whom nobody knows.
   */
  public void removeWithoutCase(String customer) {
    if (hasCase(customer)) {
      return;
    }
    String nobody = "gone:" + UUID.randomUUID();
    handle.execute("DELETE FROM identity WHERE customer = ?", customer);
    handle.execute(
        """
        UPDATE giving SET case_id = 'gone:' || lower(hex(randomblob(8))), customer = ?, at = at / 86400000 * 86400000,
          returned_by = CASE WHEN returned_by IS NULL THEN NULL ELSE ? END
        WHERE customer = ?""",
        nobody,
        nobody,
        customer);
    handle.execute(
        """
        UPDATE gap_case SET case_id = 'gone:' || lower(hex(randomblob(8))), customer = ?, at = at / 86400000 * 86400000
        WHERE customer = ?""",
        nobody,
        customer);
  }

  private boolean hasCase(String customer) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM desk_case WHERE customer = :customer)")
        .bind("customer", customer)
        .mapTo(Boolean.class)
        .one();
  }

  /** True when a case of the customer that opened before {@code at} was open then. */
  public boolean anyOpen(String customer, Instant at) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM desk_case WHERE customer = :customer AND closed_at IS NULL AND +opened_at <= :at)
              OR EXISTS (SELECT 1 FROM desk_case WHERE customer = :customer AND closed_at > :at AND +opened_at <= :at)""")
        .bind("customer", customer)
        .bind("at", at.toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  /** The customer's other cases that closed in a period and count, latest first. */
  public List<CaseRow> closedBetween(
      String customer, String exceptCase, Instant from, Instant to, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM desk_case WHERE customer = :customer AND id <> :except
              AND +opened_at <= :to AND closed_at BETWEEN :from AND :to
              AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = desk_case.id)
            ORDER BY closed_at DESC, id DESC LIMIT :most""")
        .bind("customer", customer)
        .bind("except", exceptCase)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("most", most)
        .map(CaseStore::row)
        .list();
  }

  /** The customer's other closed cases that opened in a period, the earliest first. */
  public List<CaseRow> openedBetween(
      String customer, String exceptCase, Instant from, Instant to, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM desk_case WHERE customer = :customer AND id <> :except
              AND closed_at IS NOT NULL AND +opened_at BETWEEN :from AND :to
            ORDER BY opened_at, id LIMIT :most""")
        .bind("customer", customer)
        .bind("except", exceptCase)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("most", most)
        .map(CaseStore::row)
        .list();
  }
}
