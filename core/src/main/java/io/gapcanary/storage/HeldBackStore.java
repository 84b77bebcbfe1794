package io.gapcanary.storage;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Subjects held back, without an article and with too little evidence to be gaps. */
public final class HeldBackStore {
  private final Handle handle;

  HeldBackStore(Handle handle) {
    this.handle = handle;
  }

  /** How many subjects without an article are held back. */
  public int count() {
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
  public List<GapRow> largest(int most) {
    return handle
        .createQuery("SELECT * " + HELD_BACK + "ORDER BY customers DESC, latest DESC LIMIT :most")
        .bind("most", most)
        .map(GapStore::row)
        .list();
  }

  /** How many subjects held back one customer alone has asked about. */
  public int countOfOneCustomer() {
    return handle
        .createQuery("SELECT COUNT(*) " + HELD_BACK + "WHERE customers = 1")
        .mapTo(Integer.class)
        .one();
  }
}
