package io.gapcanary.storage;

import io.gapcanary.Gap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which gaps became one, by a person or by evidence, and which are on their way. */
public final class GapMergeStore {
  private final Handle handle;
  private final IndexLog index;

  GapMergeStore(Handle handle, IndexLog index) {
    this.handle = handle;
    this.index = index;
  }

  /** The gap that a person merged that of a kind and an article into. */
  public Optional<GapRow> findJoined(Gap.Kind kind, String articleId) {
    return handle
        .createQuery(
            """
            SELECT g.* FROM gap joined JOIN gap g ON g.key = joined.merged_into
            WHERE joined.kind = :kind AND joined.article_id = :article AND joined.merged_by IS NOT NULL
            ORDER BY joined.key DESC LIMIT 1""")
        .bind("kind", kind.wireName())
        .bind("article", articleId)
        .map(GapStore::row)
        .findOne();
  }

  /** Notes that a person merged a gap, so that what would come back as it joins the other one. */
  public void setMergedBy(long key, String person) {
    handle.execute("UPDATE gap SET merged_by = ? WHERE key = ?", person, key);
  }

  /** Moves one gap's cases into another and leaves only a pointer. */
  public void merge(long from, long into) {
    List<String> cases =
        handle
            .createQuery("SELECT case_id FROM gap_case WHERE gap_key = :key ORDER BY case_id")
            .bind("key", from)
            .mapTo(String.class)
            .list();
    handle.execute("UPDATE OR IGNORE gap_case SET gap_key = ? WHERE gap_key = ?", into, from);
    handle.execute("DELETE FROM gap_case WHERE gap_key = ?", from);
    handle.execute("UPDATE OR IGNORE gap_answer SET gap_key = ? WHERE gap_key = ?", into, from);
    handle.execute("DELETE FROM gap_answer WHERE gap_key = ?", from);
    handle.execute(
        "UPDATE gap SET merged_into = ?, version = version + 1 WHERE key = ?", into, from);
    handle.execute("UPDATE gap SET merged_into = ? WHERE merged_into = ?", into, from);
    handle.execute("DELETE FROM gap_affinity WHERE one = ? OR other = ?", from, from);
    cases.forEach(id -> index.changed(IndexLog.Kind.QUESTION, id));
  }

  /**
   * Notes that two gaps were found to be one.
   *
   * @return how often they have been by now
   */
  public int speakForMerging(long one, long other) {
    return handle
        .createQuery(
            """
            INSERT INTO gap_affinity (one, other, questions) VALUES (:one, :other, 1)
            ON CONFLICT (one, other) DO UPDATE SET questions = questions + 1 RETURNING questions""")
        .bind("one", Math.min(one, other))
        .bind("other", Math.max(one, other))
        .mapTo(Integer.class)
        .one();
  }

  /** Notes that two gaps must be found to be one so many times more before they are. */
  public void speakAgainstMerging(long one, long other, int times) {
    handle.execute(
        "INSERT INTO gap_affinity (one, other, questions) VALUES (?, ?, ?)",
        Math.min(one, other),
        Math.max(one, other),
        -times);
  }

  /** Moves some of a gap's cases into another missing one. */
  public void move(long from, long into, Collection<String> caseIds) {
    for (String id : caseIds) {
      handle.execute(
          "UPDATE gap_case SET gap_key = ? WHERE gap_key = ? AND case_id = ?", into, from, id);
      handle.execute(
          "UPDATE gap_answer SET gap_key = ? WHERE gap_key = ? AND case_id = ?", into, from, id);
      index.changed(IndexLog.Kind.QUESTION, id);
    }
  }

  /** True when a person merged another gap into this one. */
  public boolean isJoinedByPerson(long key) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM gap WHERE merged_into = :key AND merged_by IS NOT NULL)")
        .bind("key", key)
        .mapTo(Boolean.class)
        .one();
  }
}
