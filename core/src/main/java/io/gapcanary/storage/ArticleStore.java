package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.ArticleFilter;
import io.gapcanary.LearnedWording;
import io.gapcanary.exchange.ArticleFormat;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Articles, and the wordings learned for them. */
public final class ArticleStore {
  private static final String WORDING =
      """
      SELECT w.id, w.article_id, w.text, w.source, w.at, c.customer, c.agent_id
      FROM wording w LEFT JOIN desk_case c ON c.id = w.source
      """;

  private final Handle handle;
  private final IndexLog index;

  ArticleStore(Handle handle, IndexLog index) {
    this.handle = handle;
    this.index = index;
  }

  /** The article of an id. */
  public Optional<Article> find(String id) {
    return handle
        .createQuery("SELECT json FROM article WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(json -> parse(id, json));
  }

  private static Article parse(String id, String json) {
    try {
      JsonNode node = DeskJson.mapper().readTree(json);
      return ArticleFormat.INSTANCE.read(id, node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Article " + id + " is stored as something that is no JSON", e);
    }
  }

  /**
   * Keeps an article. A new edition begins when what customers read, or for which version, changed;
   * what was dismissed was the one before.
   */
  public void put(Article article, @Nullable Article before) {
    handle
        .createUpdate(
            """
            INSERT INTO article (id, json, url, title, language, edition, came_at)
            VALUES (:id, :json, :url, :title, :language, 1, (SELECT value FROM meta WHERE name = 'asOf'))
            ON CONFLICT (id) DO UPDATE SET json = :json, url = :url, title = :title,
              language = :language""")
        .bind("id", article.id())
        .bind("json", DeskJson.line(ArticleFormat.INSTANCE.write(article)))
        .bind("url", article.url())
        .bind("title", article.title())
        .bind("language", article.language())
        .execute();
    if (before != null && !sameText(before, article)) {
      beginEdition(article.id());
      handle.execute(
          "UPDATE article SET former = ? WHERE id = ?",
          DeskJson.line(ArticleFormat.INSTANCE.write(before)),
          article.id());
    }
    index.changed(IndexLog.Kind.ARTICLE, article.id());
  }

  /** Begins a new edition of an article. */
  public void beginEdition(String id) {
    handle.execute(
        """
        UPDATE article SET edition = edition + 1,
          edition_at = (SELECT value FROM meta WHERE name = 'asOf') WHERE id = ?""",
        id);
    new GivingStore(handle).forgetEdition(id);
    handle.execute(
        """
        UPDATE article_rise SET over_at = (SELECT edition_at FROM article WHERE id = ?)
        WHERE article_id = ? AND over_at IS NULL""",
        id,
        id);
    dismissals(id).forEach(dismissal -> unlearn(dismissal.id()));
  }

  /**
   * When an article came to the desk, by the time of the desk's events.
   *
   * @param cameAt {@code null}: before the first of them
   * @param editionAt when its present edition came; {@code null}: with the article, or before the
   *     first event
   */
  public record Arrival(String id, @Nullable Instant cameAt, @Nullable Instant editionAt) {}

  /** When an article's present edition came; empty: with the article, or before the first event. */
  public Optional<Instant> editionAt(String id) {
    return handle
        .createQuery("SELECT edition_at FROM article WHERE id = :id AND edition_at IS NOT NULL")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /** True for an article that came to the desk at a time or later. */
  public boolean isNewSince(String id, Instant time) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM article WHERE id = :id AND came_at >= :time)")
        .bind("id", id)
        .bind("time", time.toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  /** What an article said before an edition that came at a time or later. */
  public Optional<Article> findFormer(String id, Instant time) {
    return handle
        .createQuery(
            "SELECT former FROM article WHERE id = :id AND edition_at >= :time AND former IS NOT NULL")
        .bind("id", id)
        .bind("time", time.toEpochMilli())
        .mapTo(String.class)
        .findOne()
        .map(json -> parse(id, json));
  }

  /** When each article came, by id. */
  public List<Arrival> arrivals() {
    return handle
        .createQuery("SELECT id, came_at, edition_at FROM article ORDER BY id")
        .map(
            (row, context) ->
                new Arrival(
                    row.getString(1),
                    Columns.instant(row, "came_at"),
                    Columns.instant(row, "edition_at")))
        .list();
  }

  /** The articles that cases were given or linked and that are gone. */
  public List<String> gone() {
    return handle
        .createQuery(
            """
            SELECT article_id FROM (SELECT article_id FROM given UNION SELECT article_id FROM link)
            WHERE article_id NOT IN (SELECT id FROM article) ORDER BY article_id""")
        .mapTo(String.class)
        .list();
  }

  private static boolean sameText(Article one, Article other) {
    return one.title().equals(other.title())
        && one.body().equals(other.body())
        && one.tags().equals(other.tags())
        && one.language().equals(other.language())
        && one.applicability().equals(other.applicability());
  }

  /** Removes an article and the wordings learned for it; false when it was not there. */
  public boolean remove(String id) {
    if (handle.execute("DELETE FROM article WHERE id = ?", id) == 0) {
      return false;
    }
    index.changed(IndexLog.Kind.ARTICLE, id);
    handle
        .createQuery("SELECT id FROM wording WHERE article_id = :id ORDER BY id")
        .bind("id", id)
        .mapTo(String.class)
        .list()
        .forEach(this::unlearn);
    return true;
  }

  /** A page of the articles, by id. */
  public List<Article> list(ArticleFilter filter, @Nullable String after, int limit) {
    Query query = handle.createQuery(sql(filter));
    query.bind("after", after == null ? "" : after).bind("limit", limit);
    if (filter.product() != null) {
      query.bind("product", filter.product());
    }
    if (filter.language() != null) {
      query.bind("language", filter.language());
    }
    if (!filter.confidences().isEmpty()) {
      query.bind(
          "confidences",
          DeskJson.line(filter.confidences().stream().map(ArticleFormat::wireName).toList()));
    }
    return query.map((row, context) -> parse(row.getString(1), row.getString(2))).list();
  }

  private static String sql(ArticleFilter filter) {
    return "SELECT id, json FROM article WHERE id > :after"
        + (filter.product() == null ? "" : " AND json_extract(json, '$.product') = :product")
        + (filter.language() == null ? "" : " AND language = :language")
        + (filter.confidences().isEmpty()
            ? ""
            : " AND json_extract(json, '$.confidence') IN (SELECT value FROM json_each(:confidences))")
        + " ORDER BY id LIMIT :limit";
  }

  /** Hands over every article's id and address. */
  public void addresses(BiConsumer<String, String> reader) {
    handle
        .createQuery("SELECT id, url FROM article WHERE url IS NOT NULL ORDER BY id")
        .map((row, context) -> new String[] {row.getString(1), row.getString(2)})
        .forEach(pair -> reader.accept(pair[0], pair[1]));
  }

  /** The languages that articles are in. */
  public List<String> languages() {
    return handle.createQuery("SELECT DISTINCT language FROM article").mapTo(String.class).list();
  }

  /** How many articles there are. */
  public int size() {
    return handle.createQuery("SELECT COUNT(*) FROM article").mapTo(Integer.class).one();
  }

  /** An article's title, language and edition, without its text. */
  public Optional<Heading> findHeading(String id) {
    return handle
        .createQuery("SELECT title, language, edition, url FROM article WHERE id = :id")
        .bind("id", id)
        .map(
            (row, context) ->
                new Heading(row.getString(1), row.getString(2), row.getInt(3), row.getString(4)))
        .findOne();
  }

  /** The headings of every article, by id. */
  public Map<String, Heading> headings() {
    Map<String, Heading> headings = new TreeMap<>();
    handle
        .createQuery("SELECT id, title, language, edition, url FROM article")
        .map(
            (row, context) ->
                Map.entry(
                    row.getString(1),
                    new Heading(
                        row.getString(2), row.getString(3), row.getInt(4), row.getString(5))))
        .forEach(entry -> headings.put(entry.getKey(), entry.getValue()));
    return headings;
  }

  /** What is known of an article without its text. */
  public record Heading(String title, String language, int edition, @Nullable String url) {}

  /** Keeps a wording, replacing one of its id; one that a person removed stays removed. */
  public void learn(AskedAs wording) {
    learn(wording, false);
  }

  /** Likewise, a wording for which the article was dismissed. */
  public void learnDismissal(AskedAs wording) {
    learn(wording, true);
  }

  private void learn(AskedAs wording, boolean dismissed) {
    int kept =
        handle.execute(
            """
            INSERT INTO wording (id, article_id, text, source, at, dismissed) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET article_id = excluded.article_id, text = excluded.text,
              source = excluded.source, at = excluded.at WHERE removed_at IS NULL""",
            wording.id(),
            wording.articleId(),
            wording.text(),
            wording.source(),
            wording.at().toEpochMilli(),
            dismissed);
    if (kept > 0) {
      index.changed(IndexLog.Kind.WORDING, wording.id());
    }
  }

  /** How many wordings there are that led to an article. */
  public int wordings() {
    return handle
        .createQuery("SELECT COUNT(*) FROM wording WHERE removed_at IS NULL AND dismissed = 0")
        .mapTo(Integer.class)
        .one();
  }

  /** The wordings that led to an article, the latest first. */
  public List<AskedAs> wordings(String articleId) {
    return list(articleId, false);
  }

  /** The wordings for which an article was dismissed, the latest first. */
  public List<AskedAs> dismissals(String articleId) {
    return list(articleId, true);
  }

  private List<AskedAs> list(String articleId, boolean dismissed) {
    return handle
        .createQuery(
            WORDING
                + "WHERE w.article_id = :id AND w.removed_at IS NULL AND w.dismissed = :dismissed ORDER BY w.at DESC, w.id")
        .bind("id", articleId)
        .bind("dismissed", dismissed)
        .map(ArticleStore::wording)
        .list();
  }

  /** Takes a wording back. */
  public void unlearn(String wordingId) {
    if (handle.execute("DELETE FROM wording WHERE id = ? AND removed_at IS NULL", wordingId) > 0) {
      index.changed(IndexLog.Kind.WORDING, wordingId);
    }
  }

  /** Takes back what was learned from a case; what a person removed of it stays removed. */
  public void unlearnFrom(String caseId) {
    handle
        .createQuery("SELECT id FROM wording WHERE source = :case ORDER BY id")
        .bind("case", caseId)
        .mapTo(String.class)
        .list()
        .forEach(this::unlearn);
  }

  /** Takes back everything that was learned from a case, whatever a person said of it. */
  public void unlearnAll(String caseId) {
    handle
        .createQuery("SELECT id FROM wording WHERE source = :case")
        .bind("case", caseId)
        .mapTo(String.class)
        .list()
        .forEach(
            id -> {
              handle.execute("DELETE FROM wording WHERE id = ?", id);
              index.changed(IndexLog.Kind.WORDING, id);
            });
  }

  /** Removes a wording, because a person said so: its case does not teach it again. */
  public void removeWording(String wordingId, Instant at, String person) {
    handle.execute(
        "UPDATE wording SET removed_at = ?, removed_by = ? WHERE id = ?",
        at.toEpochMilli(),
        person,
        wordingId);
    decided(wordingId, true, at, person);
  }

  /** Takes up again what a person removed. */
  public void restoreWording(String wordingId, Instant at, String person) {
    handle.execute(
        "UPDATE wording SET removed_at = NULL, removed_by = NULL WHERE id = ?", wordingId);
    decided(wordingId, false, at, person);
  }

  private void decided(String wordingId, boolean removed, Instant at, String person) {
    handle.execute(
        "INSERT INTO wording_decision (wording_id, removed, at, person) VALUES (?, ?, ?, ?)",
        wordingId,
        removed,
        at.toEpochMilli(),
        person);
    index.changed(IndexLog.Kind.WORDING, wordingId);
  }

  /** What people decided about wordings, the latest first; the same at once is told once. */
  public List<LearnedWording.Decision> decisions(List<String> wordingIds) {
    return wordingIds.isEmpty()
        ? List.of()
        : handle
            .createQuery(
                """
                SELECT removed, at, person FROM wording_decision WHERE wording_id IN (<ids>)
                GROUP BY removed, at, person ORDER BY at DESC, MAX(id) DESC""")
            .bindList("ids", wordingIds)
            .map(
                (row, context) ->
                    new LearnedWording.Decision(
                        row.getBoolean(1)
                            ? LearnedWording.Decision.What.REMOVED
                            : LearnedWording.Decision.What.RESTORED,
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3)))
            .list();
  }

  /**
   * The wordings of an article that people removed, those removed last first.
   *
   * @param dismissed those for which it was dismissed, else those that led to it
   */
  public List<AskedAs> removed(String articleId, boolean dismissed, int most) {
    return handle
        .createQuery(
            WORDING
                + "WHERE w.article_id = :id AND w.removed_at IS NOT NULL AND w.dismissed = :dismissed"
                + " ORDER BY w.removed_at DESC, w.at DESC, w.id LIMIT :most")
        .bind("id", articleId)
        .bind("dismissed", dismissed)
        .bind("most", most)
        .map(ArticleStore::wording)
        .list();
  }

  /** The wording of an id that led to an article. */
  public Optional<AskedAs> findWording(String id) {
    return find(id, false);
  }

  /** The wording of an id for which an article was dismissed. */
  public Optional<AskedAs> findDismissal(String id) {
    return find(id, true);
  }

  private Optional<AskedAs> find(String id, boolean dismissed) {
    return handle
        .createQuery(
            WORDING + "WHERE w.id = :id AND w.removed_at IS NULL AND w.dismissed = :dismissed")
        .bind("id", id)
        .bind("dismissed", dismissed)
        .map(ArticleStore::wording)
        .findOne();
  }

  private static AskedAs wording(ResultSet row, StatementContext context) throws SQLException {
    Set<String> voices = new LinkedHashSet<>();
    voice("customer:", row.getString(6), voices);
    voice("agent:", row.getString(7), voices);
    return new AskedAs(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)),
        voices);
  }

  private static void voice(String kind, @Nullable String name, Set<String> voices) {
    if (name != null) {
      voices.add(kind + name);
    }
  }
}
