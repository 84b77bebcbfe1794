package io.gapcanary.storage;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The articles that agents gave where a subject had none. */
public final class GapAnswerStore {
  private final Handle handle;

  GapAnswerStore(Handle handle) {
    this.handle = handle;
  }

  /** Notes that an agent gave an article in a case of a missing gap's subject. */
  public void answered(long key, String articleId, String caseId) {
    handle.execute(
        "INSERT OR IGNORE INTO gap_answer (gap_key, article_id, case_id) VALUES (?, ?, ?)",
        key,
        articleId,
        caseId);
  }

  /** In how many cases of distinct customers an article was given for a missing gap's subject. */
  public int answers(long key, String articleId) {
    return handle
        .createQuery(
            """
            SELECT COUNT(DISTINCT COALESCE(d.customer, d.id)) FROM gap_answer a JOIN desk_case d ON d.id = a.case_id
            WHERE a.gap_key = :key AND a.article_id = :article""")
        .bind("key", key)
        .bind("article", articleId)
        .mapTo(Integer.class)
        .one();
  }

  /** The missing gaps and held-back subjects for which an article was given, by key. */
  public List<GapRow> answeredBy(String articleId) {
    return handle
        .createQuery(
            """
            SELECT * FROM gap WHERE kind = 'missing' AND merged_into IS NULL
              AND key IN (SELECT gap_key FROM gap_answer WHERE article_id = :article) ORDER BY key""")
        .bind("article", articleId)
        .map(GapStore::row)
        .list();
  }
}
