package io.gapcanary.storage;

import io.gapcanary.exchange.DeskJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Forgets customers. What was counted of their cases stays, under names of chance and by the day:
 * the figures of a day and the sums of an article do not change.
 */
public final class ErasureStore {
  private static final String NOBODY = "erased:";

  private final Handle handle;
  private final IndexLog index;

  ErasureStore(Handle handle, IndexLog index) {
    this.handle = handle;
    this.index = index;
  }

  /** The customers whom any of these hashes names. */
  public Set<String> customers(Collection<String> hashes) {
    return new TreeSet<>(
        handle
            .createQuery(
                "SELECT customer FROM identity WHERE hash IN (SELECT value FROM json_each(:hashes))")
            .bind("hashes", DeskJson.line(hashes))
            .mapTo(String.class)
            .list());
  }

  /** The cases of customers, by id, also those let go of which something was counted. */
  public List<String> cases(Collection<String> customers) {
    return handle
        .createQuery(
            """
            SELECT id FROM desk_case WHERE customer IN (SELECT value FROM json_each(:customers))
            UNION SELECT case_id FROM gap_case WHERE customer IN (SELECT value FROM json_each(:customers))
            UNION SELECT case_id FROM giving WHERE customer IN (SELECT value FROM json_each(:customers))
            ORDER BY 1""")
        .bind("customers", DeskJson.line(customers))
        .mapTo(String.class)
        .list();
  }

  /** The gaps and subjects that cases count in, or gave an article for. */
  public Set<Long> gaps(Collection<String> cases) {
    return new TreeSet<>(
        handle
            .createQuery(
                """
                SELECT gap_key FROM gap_case WHERE case_id IN (SELECT value FROM json_each(:cases))
                UNION SELECT gap_key FROM gap_answer WHERE case_id IN (SELECT value FROM json_each(:cases))""")
            .bind("cases", DeskJson.line(cases))
            .mapTo(Long.class)
            .list());
  }

  /** What cases ask, and what was learned from them. */
  public List<String> texts(Collection<String> cases) {
    return handle
        .createQuery(
            """
            SELECT question FROM desk_case WHERE id IN (SELECT value FROM json_each(:cases))
            UNION SELECT text FROM wording WHERE source IN (SELECT value FROM json_each(:cases))""")
        .bind("cases", DeskJson.line(cases))
        .mapTo(String.class)
        .list();
  }

  /** How many messages cases have. */
  public int messages(Collection<String> cases) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM message WHERE case_id IN (SELECT value FROM json_each(:cases))")
        .bind("cases", DeskJson.line(cases))
        .mapTo(Integer.class)
        .one();
  }

  /**
   * Forgets what was learned from cases, what people removed of it included.
   *
   * @return how many wordings
   */
  public int removeWordings(Collection<String> cases) {
    List<String> ids =
        handle
            .createQuery(
                "SELECT id FROM wording WHERE source IN (SELECT value FROM json_each(:cases)) ORDER BY id")
            .bind("cases", DeskJson.line(cases))
            .mapTo(String.class)
            .list();
    for (String id : ids) {
      handle.execute("DELETE FROM wording WHERE id = ?", id);
      index.changed(IndexLog.Kind.WORDING, id);
    }
    return ids.size();
  }

  /** Forgets a case that counts in no gap any more. */
  public void removeCase(String id) {
    handle.execute("DELETE FROM message WHERE case_id = ?", id);
    handle.execute("DELETE FROM link WHERE case_id = ?", id);
    handle.execute("DELETE FROM given WHERE case_id = ?", id);
    handle.execute("DELETE FROM outcome WHERE case_id = ?", id);
    handle.execute("DELETE FROM desk_case WHERE id = ?", id);
    handle.execute(
        "UPDATE health_case SET case_id = ? WHERE case_id = ?", NOBODY + UUID.randomUUID(), id);
    index.judged(id);
  }

  /** Makes what a customer's cases gave nobody's, and forgets how the customer was known. */
  public void removeCustomer(String customer) {
    String nobody = NOBODY + UUID.randomUUID();
    handle.execute(
        """
        UPDATE giving SET case_id = ? || lower(hex(randomblob(8))), customer = ?, at = at / 86400000 * 86400000,
          returned_by = CASE WHEN returned_by IS NULL THEN NULL ELSE ? END
        WHERE customer = ?""",
        NOBODY,
        nobody,
        nobody,
        customer);
    handle.execute("DELETE FROM identity WHERE customer = ?", customer);
  }

  /** Forgets the titles of the gaps that were merged into one: nobody reads them any more. */
  public void removeTitlesOfMerged(long key) {
    handle.execute("UPDATE gap SET title = '' WHERE merged_into = ?", key);
  }

  /** Forgets the vectors of texts. */
  public void removeVectors(Collection<String> hashes) {
    for (String model : models()) {
      for (String hash : hashes) {
        handle.execute("DELETE FROM embedding WHERE model = ? AND hash = ?", model, hash);
      }
    }
  }

  /** One look at an index for each: a desk has thousands of vectors, of few models. */
  private List<String> models() {
    List<String> models = new ArrayList<>();
    String last = "";
    while (true) {
      String next =
          handle
              .createQuery("SELECT MIN(model) FROM embedding WHERE model > :last")
              .bind("last", last)
              .mapTo(String.class)
              .findOne()
              .orElse(null);
      if (next == null) {
        return models;
      }
      models.add(next);
      last = next;
    }
  }

  /** Forgets what the index was told of things that are no more; it must be durable there. */
  public void removeTraces() {
    index.changed(IndexLog.Kind.QUESTION, "");
    handle.execute(
        "DELETE FROM index_change WHERE kind = 'QUESTION' AND key <> '' AND key NOT IN (SELECT id FROM desk_case)");
    handle.execute(
        "DELETE FROM index_change WHERE kind = 'WORDING' AND key NOT IN (SELECT id FROM wording)");
  }
}
