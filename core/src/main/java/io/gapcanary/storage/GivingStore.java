package io.gapcanary.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
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
   * Sums over the cases of known customers that gave an article, or over {@link Tally#chains
   * chains} of them.
   *
   * @param given how many there are
   * @param returned after how many of them the customer came back about the same subject
   */
  public record Returns(int given, int returned) {}

  /**
   * The sums of an article's present edition.
   *
   * @param givings over all cases that gave it
   * @param chains over chains of them: a customer who comes back, is given the same edition again
   *     and comes back again counts once, however often
   */
  public record Tally(Returns givings, Returns chains) {
    /** Nothing was given. */
    public static final Tally NONE = new Tally(new Returns(0, 0), new Returns(0, 0));

    /** Those over givings or over chains. */
    public Returns over(Over over) {
      return over == Over.GIVINGS ? givings : chains;
    }

    static final String COLUMNS = "given, returned, chains, chains_returned";

    static Tally of(ResultSet row, int first) throws SQLException {
      return new Tally(
          new Returns(row.getInt(first), row.getInt(first + 1)),
          new Returns(row.getInt(first + 2), row.getInt(first + 3)));
    }
  }

  /** Over what sums are made. */
  public enum Over {
    GIVINGS("given", "returned"),
    CHAINS("chains", "chains_returned");

    private final String given;
    private final String returned;

    Over(String given, String returned) {
      this.given = given;
      this.returned = returned;
    }
  }

  /**
   * So many articles whose sums are the same.
   *
   * @param articles how many
   * @param each the sums of each
   */
  public record Alike(int articles, Returns each) {}

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
      int known = customer == null ? 0 : 1;
      count(articleId, new Sums(known, 0, reached ? 1 : 0, reached ? 0 : 1, known, 0));
    }
    setAgain(articleId, caseId);
  }

  /** Takes back what a case gave, but for the articles that it still gives. */
  public void retain(String caseId, Collection<String> articleIds) {
    handle
        .createQuery(
            """
            SELECT g.article_id, g.customer IS NOT NULL, g.returned_by, g.reached, g.edition = a.edition, g.again
            FROM giving g LEFT JOIN article a ON a.id = g.article_id WHERE g.case_id = :case""")
        .bind("case", caseId)
        .map(
            (row, context) ->
                new Noted(
                    row.getString(1),
                    row.getBoolean(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    row.getBoolean(6)))
        .list()
        .stream()
        .filter(noted -> !articleIds.contains(noted.articleId))
        .forEach(noted -> remove(caseId, noted));
  }

  private record Noted(
      String articleId,
      boolean known,
      @Nullable String returnedBy,
      boolean reached,
      boolean current,
      boolean again) {
    boolean returned() {
      return returnedBy != null;
    }
  }

  private void remove(String caseId, Noted noted) {
    handle.execute(
        "DELETE FROM giving WHERE article_id = ? AND case_id = ?", noted.articleId, caseId);
    if (noted.current) {
      count(
          noted.articleId,
          new Sums(
              noted.known ? -1 : 0,
              noted.returned() ? -1 : 0,
              noted.reached ? -1 : 0,
              noted.reached ? 0 : -1,
              noted.known && !noted.again ? -1 : 0,
              noted.returned() && !noted.again ? -1 : 0));
    }
    if (noted.returnedBy != null) {
      setAgain(noted.articleId, noted.returnedBy);
    }
  }

  /**
   * Notes that the customer came back; false when that was known, or when it says nothing of the
   * present edition.
   */
  public boolean returned(String articleId, String caseId, String by) {
    Optional<Return> noted =
        handle
            .createQuery(
                """
                UPDATE giving SET returned_by = :by WHERE article_id = :article AND case_id = :case
                  AND returned_by IS NULL AND customer IS NOT NULL
                RETURNING article_id, edition = (SELECT edition FROM article WHERE id = article_id), again""")
            .bind("by", by)
            .bind("article", articleId)
            .bind("case", caseId)
            .map(GivingStore::noted)
            .findOne();
    noted.ifPresent(one -> count(one, 1));
    setAgain(articleId, by);
    return noted.isPresent() && noted.get().current;
  }

  private record Return(String articleId, boolean current, boolean again) {}

  private static Return noted(ResultSet row, StatementContext context) throws SQLException {
    return new Return(row.getString(1), row.getBoolean(2), row.getBoolean(3));
  }

  private void count(Return noted, int times) {
    if (noted.current) {
      count(noted.articleId, new Sums(0, times, 0, 0, 0, noted.again ? 0 : times));
    }
  }

  /** Tells whether a case gave an article again within a chain, as its returns are now. */
  private void setAgain(String articleId, String caseId) {
    handle
        .createQuery(
            """
            UPDATE giving SET again = NOT again WHERE article_id = :article AND case_id = :case
              AND again <> EXISTS (SELECT 1 FROM giving f WHERE f.returned_by = :case AND f.article_id = :article
                AND f.edition = giving.edition)
            RETURNING again, customer IS NOT NULL, returned_by IS NOT NULL,
              edition = (SELECT edition FROM article WHERE id = article_id)""")
        .bind("article", articleId)
        .bind("case", caseId)
        .map(
            (row, context) -> {
              int sign = row.getBoolean(1) ? -1 : 1;
              int known = row.getBoolean(2) ? sign : 0;
              int returned = row.getBoolean(3) ? sign : 0;
              return row.getBoolean(4) ? new Sums(0, 0, 0, 0, known, returned) : Sums.NONE;
            })
        .findOne()
        .ifPresent(change -> count(articleId, change));
  }

  /** Takes back that a case was a return. */
  public void notReturned(String by) {
    List<Return> noted =
        handle
            .createQuery(
                """
                UPDATE giving SET returned_by = NULL WHERE returned_by = :by
                RETURNING article_id, edition = (SELECT edition FROM article WHERE id = article_id), again""")
            .bind("by", by)
            .map(GivingStore::noted)
            .list();
    for (Return one : noted) {
      count(one, -1);
      setAgain(one.articleId, by);
    }
  }

  private record Sums(
      int given, int returned, int reached, int missed, int chains, int chainsReturned) {
    static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);
  }

  private void count(String articleId, Sums sums) {
    for (String row : List.of(articleId, DESK)) {
      handle.execute(
          """
          INSERT INTO tally (article_id, given, returned, reached, missed, chains, chains_returned)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (article_id) DO UPDATE SET given = given + excluded.given,
            returned = returned + excluded.returned, reached = reached + excluded.reached,
            missed = missed + excluded.missed, chains = chains + excluded.chains,
            chains_returned = chains_returned + excluded.chains_returned""",
          row,
          sums.given,
          sums.returned,
          sums.reached,
          sums.missed,
          sums.chains,
          sums.chainsReturned);
    }
  }

  /** Begins an article's sums again: what an earlier edition did says nothing of the next. */
  void forgetEdition(String articleId) {
    Tally tally = tally(articleId);
    Reach reach = reach(articleId);
    count(
        articleId,
        new Sums(
            -tally.givings.given(),
            -tally.givings.returned(),
            -reach.reached(),
            -reach.missed(),
            -tally.chains.given(),
            -tally.chains.returned()));
  }

  /** The returns after an article's present edition. */
  public Returns returns(String articleId) {
    return tally(articleId).givings;
  }

  /** The sums of an article's present edition. */
  public Tally tally(String articleId) {
    return handle
        .createQuery("SELECT " + Tally.COLUMNS + " FROM tally WHERE article_id = :id")
        .bind("id", articleId)
        .map((row, context) -> Tally.of(row, 1))
        .findOne()
        .orElse(Tally.NONE);
  }

  /** The chains of all articles that were given. */
  public List<Alike> chains() {
    return handle
        .createQuery(
            """
            SELECT COUNT(*), chains, chains_returned FROM tally WHERE article_id <> :desk AND chains > 0
            GROUP BY chains, chains_returned ORDER BY chains, chains_returned""")
        .bind("desk", DESK)
        .map((row, context) -> new Alike(row.getInt(1), new Returns(row.getInt(2), row.getInt(3))))
        .list();
  }

  /** The sums of all articles' present editions. */
  public Tally tally() {
    return tally(DESK);
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
   * The sums of all articles whose own {@link #isUsual} at a rate and that are not known to be
   * incomplete.
   */
  public Returns usual(double rate, Over over) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(SUM(<given>), 0), COALESCE(SUM(<returned>), 0) FROM tally
            WHERE article_id != :desk
              AND (:rate * <given> >= <returned>
                OR 4 * :rate * (1 - :rate) * <given> > (<returned> - :rate * <given>) * (<returned> - :rate * <given>))
              AND article_id NOT IN (
                SELECT article_id FROM gap WHERE kind = 'incomplete' AND number IS NOT NULL
                  AND merged_into IS NULL AND state NOT IN ('verified', 'dismissed'))""")
        .define("given", over.given)
        .define("returned", over.returned)
        .bind("desk", DESK)
        .bind("rate", rate)
        .map((row, context) -> new Returns(row.getInt(1), row.getInt(2)))
        .one();
  }

  /**
   * When an article's present edition was given to customers who have not come back, after a time;
   * the first of each chain.
   */
  public List<Instant> waiting(String articleId, Instant after) {
    return handle
        .createQuery(
            """
            SELECT g.at FROM giving g JOIN article a ON a.id = g.article_id
            WHERE g.article_id = :id AND g.at > :after AND g.edition = a.edition
              AND g.customer IS NOT NULL AND g.returned_by IS NULL AND NOT g.again""")
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
    return cases("SELECT case_id FROM giving WHERE article_id = :id", articleId, most);
  }

  /**
   * Those of them that gave it before its present edition came. A giving is noted with the edition
   * that was there when its case closed; where the article was linked earlier, that time counts.
   */
  public List<String> casesBeforeEdition(String articleId, int most) {
    return cases(
        """
        SELECT case_id FROM giving JOIN article a ON a.id = article_id
        WHERE article_id = :id AND (giving.edition < a.edition OR a.edition_at >= (
          SELECT MAX(l.at) FROM link l
          WHERE l.case_id = giving.case_id AND l.article_id = a.id AND l.action = 'linked'))""",
        articleId,
        most);
  }

  private List<String> cases(String select, String articleId, int most) {
    return handle
        .createQuery(select + " AND returned_by IS NULL ORDER BY at DESC, case_id DESC LIMIT :most")
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
