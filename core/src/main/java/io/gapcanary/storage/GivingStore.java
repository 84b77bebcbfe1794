package io.gapcanary.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which articles closed cases gave, whether questions led to them, and who came back.
 *
 * <p>An article's evidence is that of its present edition. The sums are kept, so that asking for
 * them costs the same however many cases there are.
 */
public final class GivingStore {
  private static final String DESK = "";

  private final Handle handle;

  GivingStore(Handle handle) {
    this.handle = handle;
  }

  /**
   * Sums over the cases of known customers that gave an article.
   *
   * @param given how many there are
   * @param returned after how many of them the customer came back about the same subject
   */
  public record Returns(int given, int returned) {}

  /**
   * Sums over the cases that gave an article by hand.
   *
   * @param reached in how many the question led to it
   * @param missed in how many it did not
   */
  public record Reach(int reached, int missed) {}

  /** Notes that a closed case gave an article; noting it again changes nothing. */
  public void add(
      String articleId, String caseId, @Nullable String customer, Instant at, boolean reached) {
    int added =
        handle.execute(
            """
            INSERT OR IGNORE INTO giving (article_id, case_id, edition, customer, at, reached, returned_by)
            SELECT id, ?, edition, ?, ?, ?, NULL FROM article WHERE id = ?""",
            caseId,
            customer,
            at.toEpochMilli(),
            reached,
            articleId);
    if (added > 0) {
      count(articleId, customer == null ? 0 : 1, 0, reached ? 1 : 0, reached ? 0 : 1);
    }
  }

  /** Takes back what a case gave, but for the articles that it still gives. */
  public void retain(String caseId, Collection<String> articleIds) {
    handle
        .createQuery(
            """
            SELECT g.article_id, g.customer IS NOT NULL, g.returned_by IS NOT NULL, g.reached, g.edition = a.edition
            FROM giving g LEFT JOIN article a ON a.id = g.article_id WHERE g.case_id = :case""")
        .bind("case", caseId)
        .map(
            (row, context) ->
                new Noted(
                    row.getString(1),
                    row.getBoolean(2),
                    row.getBoolean(3),
                    row.getBoolean(4),
                    row.getBoolean(5)))
        .list()
        .stream()
        .filter(noted -> !articleIds.contains(noted.articleId))
        .forEach(noted -> remove(caseId, noted));
  }

  private record Noted(
      String articleId, boolean known, boolean returned, boolean reached, boolean current) {}

  private void remove(String caseId, Noted noted) {
    handle.execute(
        "DELETE FROM giving WHERE article_id = ? AND case_id = ?", noted.articleId, caseId);
    if (noted.current) {
      count(
          noted.articleId,
          noted.known ? -1 : 0,
          noted.returned ? -1 : 0,
          noted.reached ? -1 : 0,
          noted.reached ? 0 : -1);
    }
  }

  /**
   * Notes that the customer came back; false when that was known, or when it says nothing of the
   * present edition.
   */
  public boolean returned(String articleId, String caseId, String by) {
    boolean current =
        handle
            .createQuery(
                """
                UPDATE giving SET returned_by = :by WHERE article_id = :article AND case_id = :case
                  AND returned_by IS NULL AND customer IS NOT NULL
                RETURNING edition = (SELECT edition FROM article WHERE id = article_id)""")
            .bind("by", by)
            .bind("article", articleId)
            .bind("case", caseId)
            .mapTo(Boolean.class)
            .findOne()
            .orElse(false);
    if (current) {
      count(articleId, 0, 1, 0, 0);
    }
    return current;
  }

  /** Takes back that a case was a return. */
  public void notReturned(String by) {
    List<String> articles =
        handle
            .createQuery(
                """
                SELECT g.article_id FROM giving g JOIN article a ON a.id = g.article_id
                WHERE g.returned_by = :by AND g.edition = a.edition""")
            .bind("by", by)
            .mapTo(String.class)
            .list();
    handle.execute("UPDATE giving SET returned_by = NULL WHERE returned_by = ?", by);
    articles.forEach(article -> count(article, 0, -1, 0, 0));
  }

  private void count(String articleId, int given, int returned, int reached, int missed) {
    for (String row : List.of(articleId, DESK)) {
      handle.execute(
          """
          INSERT INTO tally (article_id, given, returned, reached, missed) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (article_id) DO UPDATE SET given = given + excluded.given,
            returned = returned + excluded.returned, reached = reached + excluded.reached,
            missed = missed + excluded.missed""",
          row,
          given,
          returned,
          reached,
          missed);
    }
  }

  /** Begins an article's sums again: what an earlier edition did says nothing of the next. */
  void forgetEdition(String articleId) {
    Returns returns = returns(articleId);
    Reach reach = reach(articleId);
    count(articleId, -returns.given(), -returns.returned(), -reach.reached(), -reach.missed());
  }

  /** The returns after an article's present edition. */
  public Returns returns(String articleId) {
    return handle
        .createQuery("SELECT given, returned FROM tally WHERE article_id = :id")
        .bind("id", articleId)
        .map((row, context) -> new Returns(row.getInt(1), row.getInt(2)))
        .findOne()
        .orElse(new Returns(0, 0));
  }

  /** The returns after all articles' present editions. */
  public Returns returns() {
    return returns(DESK);
  }

  /** The articles that are known to be incomplete. */
  public Set<String> incomplete() {
    return handle
        .createQuery(
            """
            SELECT article_id FROM gap WHERE kind = 'incomplete' AND number IS NOT NULL
              AND merged_into IS NULL AND state NOT IN ('verified', 'dismissed')""")
        .mapTo(String.class)
        .set();
  }

  /**
   * True when customers came back after an article about as often as this rate says, or less: less
   * than two standard deviations above it.
   */
  public static boolean isUsual(Returns returns, double rate) {
    double above = returns.returned() - rate * returns.given();
    return above <= 0 || above * above < 4 * rate * (1 - rate) * returns.given();
  }

  /**
   * The returns after all articles whose own {@link #isUsual} at a rate and that are not known to
   * be incomplete.
   */
  public Returns usual(double rate) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(SUM(given), 0), COALESCE(SUM(returned), 0) FROM tally
            WHERE article_id <> :desk
              AND (returned <= :rate * given
                OR (returned - :rate * given) * (returned - :rate * given) < 4 * :rate * (1 - :rate) * given)
              AND article_id NOT IN (
                SELECT article_id FROM gap WHERE kind = 'incomplete' AND number IS NOT NULL
                  AND merged_into IS NULL AND state NOT IN ('verified', 'dismissed'))""")
        .bind("desk", DESK)
        .bind("rate", rate)
        .map((row, context) -> new Returns(row.getInt(1), row.getInt(2)))
        .one();
  }

  /**
   * When an article's present edition was given to customers who have not come back, after a time.
   */
  public List<Instant> waiting(String articleId, Instant after) {
    return handle
        .createQuery(
            """
            SELECT g.at FROM giving g JOIN article a ON a.id = g.article_id
            WHERE g.article_id = :id AND g.at > :after AND g.edition = a.edition
              AND g.customer IS NOT NULL AND g.returned_by IS NULL""")
        .bind("id", articleId)
        .bind("after", after.toEpochMilli())
        .mapTo(Long.class)
        .map(Instant::ofEpochMilli)
        .list();
  }

  /** How questions lead to an article's present edition. */
  public Reach reach(String articleId) {
    return handle
        .createQuery("SELECT reached, missed FROM tally WHERE article_id = :id")
        .bind("id", articleId)
        .map((row, context) -> new Reach(row.getInt(1), row.getInt(2)))
        .findOne()
        .orElse(new Reach(0, 0));
  }

  /** The closed cases that gave an article in any edition and that nobody came back after. */
  public List<String> cases(String articleId, int most) {
    return handle
        .createQuery(
            """
            SELECT case_id FROM giving WHERE article_id = :id AND returned_by IS NULL
            ORDER BY at DESC, case_id DESC LIMIT :most""")
        .bind("id", articleId)
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** How many distinct customers came back after an article's present edition. */
  public int returnedCustomers(String articleId) {
    return handle
        .createQuery(
            """
            SELECT COUNT(DISTINCT g.customer) FROM giving g JOIN article a ON a.id = g.article_id
            WHERE g.article_id = :id AND g.edition = a.edition AND g.returned_by IS NOT NULL""")
        .bind("id", articleId)
        .mapTo(Integer.class)
        .one();
  }
}
