package io.gapcanary.storage;

import io.gapcanary.Gap;
import io.gapcanary.WireName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Subjects held back: too few customers have shown them to be gaps. */
public final class HeldBackStore {
  private final Handle handle;

  HeldBackStore(Handle handle) {
    this.handle = handle;
  }

  /**
   * What is too few.
   *
   * @param articleCustomers so many make a superseded, unfindable or untranslated gap
   * @param incompleteCustomers so many must have come back after an incomplete article
   * @param incompleteRate an article whose rate of returns is no higher than this is as usual, and
   *     not held back
   */
  public record Few(int articleCustomers, int incompleteCustomers, double incompleteRate) {}

  /** A subject without an article is one until it is a gap. */
  private static final String HELD_BACK =
      """
      WITH held AS (
        SELECT g.*, COUNT(DISTINCT c.customer) AS customers, MAX(c.at) AS latest
        FROM gap g LEFT JOIN gap_case c ON c.gap_key = g.key
        WHERE g.number IS NULL AND g.merged_into IS NULL AND g.kind <> 'incomplete'
        GROUP BY g.key
        HAVING g.kind = 'missing'
          OR COUNT(DISTINCT CASE WHEN c.strong THEN c.customer END) BETWEEN 1 AND :article - 1
        UNION ALL
        SELECT g.*, COUNT(DISTINCT v.customer) AS customers, MAX(v.at) AS latest
        FROM tally t JOIN gap g ON g.kind = 'incomplete' AND g.article_id = t.article_id
          JOIN article a ON a.id = t.article_id
          JOIN giving v ON v.article_id = a.id AND v.edition = a.edition AND v.returned_by IS NOT NULL
        WHERE t.chains_returned > 1 AND t.chains_returned > :rate * t.chains
          AND g.number IS NULL AND g.merged_into IS NULL
        GROUP BY g.key HAVING COUNT(DISTINCT v.customer) BETWEEN 2 AND :incomplete - 1)
      """;

  private Query query(String select, Few few) {
    return handle
        .createQuery(HELD_BACK + select)
        .bind("article", few.articleCustomers)
        .bind("incomplete", few.incompleteCustomers)
        .bind("rate", few.incompleteRate);
  }

  /**
   * How many are held back.
   *
   * @param kinds of each kind, where there are any
   * @param ofOneCustomer how many one customer alone has shown
   */
  public record Count(Map<Gap.Kind, Integer> kinds, int ofOneCustomer) {
    /** Of all kinds. */
    public int all() {
      return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** How many are held back. */
  public Count count(Few few) {
    Map<Gap.Kind, Integer> kinds = new EnumMap<>(Gap.Kind.class);
    int ofOne = 0;
    for (OfKind one :
        query("SELECT kind, COUNT(*), SUM(customers = 1) FROM held GROUP BY kind", few)
            .map(
                (row, context) ->
                    new OfKind(
                        WireName.parse(Gap.Kind.class, "kind", row.getString(1)),
                        row.getInt(2),
                        row.getInt(3)))
            .list()) {
      kinds.put(one.kind, one.count);
      ofOne += one.ofOneCustomer;
    }
    return new Count(kinds, ofOne);
  }

  private record OfKind(Gap.Kind kind, int count, int ofOneCustomer) {}

  /** Those that most customers have shown, the latest first among equals. */
  public List<GapRow> largest(int most, Few few) {
    return query("SELECT * FROM held ORDER BY customers DESC, latest DESC LIMIT :most", few)
        .bind("most", most)
        .map(GapStore::row)
        .list();
  }
}
