package io.gapcanary.storage;

import io.gapcanary.ArticleRise;
import io.gapcanary.RateChange;
import io.gapcanary.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Articles whose rates of returns have suddenly risen. Triggers tell of them. */
public final class RiseStore {
  private static final String RISE =
      """
      r.article_id, a.title, r.edition, r.kind, r.since, r.former_given, r.former_returned, r.given, r.returned,
      r.evidence, r.at FROM article_rise r JOIN article a ON a.id = r.article_id
      """;

  private final Handle handle;

  RiseStore(Handle handle) {
    this.handle = handle;
  }

  /** The rise of an article that lasts. */
  public Optional<ArticleRise> find(String articleId) {
    return handle
        .createQuery("SELECT " + RISE + "WHERE r.article_id = :id AND r.over_at IS NULL")
        .bind("id", articleId)
        .map(RiseStore::rise)
        .findOne();
  }

  /** Those that last, noticed last first. */
  public List<ArticleRise> lasting(int most) {
    return handle
        .createQuery(
            "SELECT " + RISE + "WHERE r.over_at IS NULL ORDER BY r.at DESC, r.id DESC LIMIT :most")
        .bind("most", most)
        .map(RiseStore::rise)
        .list();
  }

  /** The rise of a number, whether it lasts or not; empty when its article is gone. */
  public Optional<ArticleRise> findByNumber(long number) {
    return handle
        .createQuery("SELECT " + RISE + "WHERE r.id = :id")
        .bind("id", number)
        .map(RiseStore::rise)
        .findOne();
  }

  private static ArticleRise rise(ResultSet row, StatementContext context) throws SQLException {
    return new ArticleRise(
        row.getString("article_id"),
        row.getString("title"),
        row.getInt("edition"),
        new RateChange(
            WireName.parse(RateChange.Kind.class, "kind", row.getString("kind")),
            Instant.ofEpochMilli(row.getLong("since")),
            row.getInt("former_given"),
            row.getInt("former_returned"),
            row.getInt("given"),
            row.getInt("returned"),
            row.getDouble("evidence")),
        Instant.ofEpochMilli(row.getLong("at")));
  }

  /**
   * Notes that an article's rate has risen. What was told of the edition, was over, and comes to
   * the same turn again, is taken up and not told again.
   */
  public void begin(String articleId, int edition, RateChange change, Instant at) {
    int taken =
        handle.execute(
            """
            UPDATE article_rise SET over_at = NULL WHERE id = (
              SELECT id FROM article_rise WHERE article_id = ? AND edition = ? AND at >= ?
              ORDER BY id DESC LIMIT 1)""",
            articleId,
            edition,
            change.since().toEpochMilli());
    if (taken > 0) {
      update(articleId, change);
      return;
    }
    handle.execute(
        """
        INSERT INTO article_rise (article_id, edition, kind, since, former_given, former_returned, given, returned,
          evidence, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        articleId,
        edition,
        change.kind().wireName(),
        change.since().toEpochMilli(),
        change.formerGiven(),
        change.formerReturned(),
        change.given(),
        change.returned(),
        change.evidence(),
        at.toEpochMilli());
  }

  /** Notes how the one that lasts stands now. */
  public void update(String articleId, RateChange change) {
    handle.execute(
        """
        UPDATE article_rise SET kind = ?, since = ?, former_given = ?, former_returned = ?, given = ?, returned = ?,
          evidence = ? WHERE article_id = ? AND over_at IS NULL""",
        change.kind().wireName(),
        change.since().toEpochMilli(),
        change.formerGiven(),
        change.formerReturned(),
        change.given(),
        change.returned(),
        change.evidence(),
        articleId);
  }

  /** Notes that the one that lasts is over. */
  public void end(String articleId, Instant at) {
    handle.execute(
        "UPDATE article_rise SET over_at = ? WHERE article_id = ? AND over_at IS NULL",
        at.toEpochMilli(),
        articleId);
  }
}
