package io.gapcanary.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How many cases and customers gaps have, and when they came. */
public final class GapSizeStore {
  private final Handle handle;

  GapSizeStore(Handle handle) {
    this.handle = handle;
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

  /** The distinct customers of a gap, some of them where they are many. */
  public List<String> customers(long key, int most) {
    return handle
        .createQuery(
            "SELECT DISTINCT customer FROM gap_case WHERE gap_key = :key ORDER BY customer LIMIT"
                + " :most")
        .bind("key", key)
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** How many cases a gap has, and how many distinct customers raised it. */
  public record Size(int cases, int customers, int strongCustomers) {}

  /** The size of a gap. */
  public Size of(long key) {
    return since(key, Instant.EPOCH);
  }

  /** The size of a gap, counting only cases after a time. */
  public Size since(long key, Instant since) {
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
}
