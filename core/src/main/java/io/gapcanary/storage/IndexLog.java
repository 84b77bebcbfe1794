package io.gapcanary.storage;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What the search index has to catch up on: every key that changed, with the revision at which it
 * last did. What became of it is read from the record itself.
 */
public final class IndexLog {
  /** What a key names. */
  public enum Kind {
    ARTICLE,
    WORDING,
    QUESTION
  }

  /** Something that changed. */
  public record Change(Kind kind, String key) {}

  private final Handle handle;
  private final List<Change> changes = new ArrayList<>();

  IndexLog(Handle handle) {
    this.handle = handle;
  }

  void changed(Kind kind, String key) {
    handle.execute(
        "INSERT OR REPLACE INTO index_change (kind, key, revision) VALUES (?, ?, (SELECT COALESCE(MAX(revision), 0) + 1 FROM index_change))",
        kind.name(),
        key);
    changes.add(new Change(kind, key));
  }

  /** Notes that a case was judged: its question may have to be remembered, or forgotten. */
  public void judged(String caseId) {
    changed(Kind.QUESTION, caseId);
  }

  /** What this session changed, in order. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  /** The latest revision; 0 for an empty desk. */
  public long revision() {
    return handle
        .createQuery("SELECT COALESCE(MAX(revision), 0) FROM index_change")
        .mapTo(Long.class)
        .one();
  }

  /**
   * What changed after a revision, in order, at most {@code limit}; articles' ids before the rest.
   */
  public List<Change> after(long revision, int limit, int offset) {
    return handle
        .createQuery(
            "SELECT kind, key FROM index_change WHERE revision > :revision ORDER BY kind, revision LIMIT :limit OFFSET :offset")
        .bind("revision", revision)
        .bind("limit", limit)
        .bind("offset", offset)
        .map((row, context) -> new Change(Kind.valueOf(row.getString(1)), row.getString(2)))
        .list();
  }
}
