package io.gapcanary.storage;

import io.gapcanary.LinkAction;
import io.gapcanary.WireName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What agents did with articles in cases, and which were given there. */
public final class LinkStore {
  private final Handle handle;

  LinkStore(Handle handle) {
    this.handle = handle;
  }

  /** What an agent did with an article. */
  public record Linked(String articleId, LinkAction action, Instant at) {}

  /** What the agent of a case did with articles, in order. */
  public List<Linked> list(String caseId) {
    return handle
        .createQuery(
            "SELECT article_id, action, at FROM link WHERE case_id = :id ORDER BY position")
        .bind("id", caseId)
        .map(
            (row, context) ->
                new Linked(
                    row.getString(1),
                    WireName.parse(LinkAction.class, "action", row.getString(2)),
                    Instant.ofEpochMilli(row.getLong(3))))
        .list();
  }

  /** The articles whose address the agent of a case sent, in order. */
  public List<String> givenByAddress(String caseId) {
    return handle
        .createQuery(
            """
            SELECT article_id FROM given
            WHERE case_id = :id AND by_address AND origin = :id ORDER BY position""")
        .bind("id", caseId)
        .mapTo(String.class)
        .list();
  }

  /** Notes what an agent did with an article. */
  public void append(String caseId, String articleId, LinkAction action, Instant at) {
    handle.execute(
        """
        INSERT INTO link (case_id, position, article_id, at, action)
        VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM link WHERE case_id = ?), ?, ?, ?)""",
        caseId,
        caseId,
        articleId,
        at.toEpochMilli(),
        action.wireName());
    switch (action) {
      case LINKED -> give(caseId, articleId, false, caseId);
      case DISMISSED ->
          handle.execute(
              "DELETE FROM given WHERE case_id = ? AND article_id = ? AND by_address = 0 AND origin = ?",
              caseId,
              articleId,
              caseId);
      case OPENED -> {}
    }
  }

  /** True when the same was done with the article last. */
  public boolean isLastLink(String caseId, String articleId, LinkAction action, Instant at) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM link WHERE case_id = :case AND article_id = :article
              AND action = :action AND at = :at)""")
        .bind("case", caseId)
        .bind("article", articleId)
        .bind("action", action.wireName())
        .bind("at", at.toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  /** True when an article was ever linked in a case. */
  public boolean anyLinked(String caseId, String articleId) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM link WHERE case_id = :case AND article_id = :article AND action = 'linked')")
        .bind("case", caseId)
        .bind("article", articleId)
        .mapTo(Boolean.class)
        .one();
  }

  /** When an article was linked in a case last. */
  public Optional<Instant> linkedAt(String caseId, String articleId) {
    return handle
        .createQuery(
            """
            SELECT at FROM link WHERE case_id = :case AND article_id = :article AND action = 'linked'
            ORDER BY position DESC LIMIT 1""")
        .bind("case", caseId)
        .bind("article", articleId)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /** True when an article was dismissed in a case. */
  public boolean anyDismissed(String caseId) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM link WHERE case_id = :case AND action = 'dismissed')")
        .bind("case", caseId)
        .mapTo(Boolean.class)
        .one();
  }

  /** Notes that a case was given an article; of a case and an article the first note stays. */
  public void give(String caseId, String articleId, boolean byAddress, String origin) {
    handle.execute(
        """
        INSERT INTO given (case_id, position, article_id, by_address, origin)
        VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM given WHERE case_id = ?), ?, ?, ?)
        ON CONFLICT (case_id, article_id) DO UPDATE SET by_address = MAX(by_address, excluded.by_address)""",
        caseId,
        caseId,
        articleId,
        byAddress,
        origin);
  }

  /** Forgets what a case took over from one that it was thought to reconnect to. */
  public void forgetTakenOver(String caseId) {
    handle.execute("DELETE FROM given WHERE case_id = ? AND origin <> ?", caseId, caseId);
  }

  /** An article given in a case. */
  public record Given(String articleId, String origin) {}

  /** The articles given in a case, in order. */
  public List<Given> given(String caseId) {
    return handle
        .createQuery("SELECT article_id, origin FROM given WHERE case_id = :id ORDER BY position")
        .bind("id", caseId)
        .map((row, context) -> new Given(row.getString(1), row.getString(2)))
        .list();
  }
}
