package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.Author;
import io.gapcanary.LinkAction;
import io.gapcanary.Message;
import io.gapcanary.Resolution;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Cases, their messages and links, and their customers. */
public final class CaseStore {
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private final Handle handle;

  CaseStore(Handle handle) {
    this.handle = handle;
  }

  /** The case of an id. */
  public Optional<CaseRow> find(String id) {
    return handle
        .createQuery("SELECT * FROM desk_case WHERE id = :id")
        .bind("id", id)
        .map(CaseStore::row)
        .findOne();
  }

  static CaseRow row(ResultSet row, StatementContext context) throws SQLException {
    String resolution = row.getString("resolution");
    return new CaseRow(
        row.getString("id"),
        row.getString("opening_hash"),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        Instant.ofEpochMilli(row.getLong("last_at")),
        row.getBoolean("on_clock"),
        instant(row, "closed_at"),
        row.getString("channel"),
        row.getString("product"),
        row.getString("version"),
        row.getString("language"),
        row.getString("segment"),
        texts(row.getString("tags")),
        row.getString("agent_id"),
        row.getString("customer"),
        row.getBoolean("concurrent"),
        resolution == null ? null : WireName.parse(Resolution.class, "resolution", resolution),
        number(row, "handle_minutes"),
        row.getString("question"),
        row.getString("spoken"),
        row.getBoolean("sounds_again"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  static List<String> texts(String json) {
    if (json.equals("[]")) {
      return List.of();
    }
    try {
      return DeskJson.mapper().readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored list is no JSON", e);
    }
  }

  /**
   * Keeps a case as it is now.
   *
   * @param alike what its question is alike by, or {@code null}
   */
  public void save(CaseRow row, Instant dueAt, @Nullable Long alike) {
    handle
        .createUpdate(
            """
            INSERT INTO desk_case (id, opening_hash, opened_at, last_at, due_at, on_clock, closed_at, channel,
              product, version, language, segment, tags, agent_id, customer, concurrent, resolution,
              handle_minutes, question, spoken, sounds_again, alike)
            VALUES (:id, :openingHash, :openedAt, :lastAt, :dueAt, :onClock, :closedAt, :channel,
              :product, :version, :language, :segment, :tags, :agentId, :customer, :concurrent, :resolution,
              :handleMinutes, :question, :spoken, :soundsAgain, :alike)
            ON CONFLICT (id) DO UPDATE SET last_at = :lastAt, due_at = :dueAt, on_clock = :onClock,
              closed_at = :closedAt, tags = :tags, resolution = :resolution,
              handle_minutes = :handleMinutes, question = :question, spoken = :spoken,
              sounds_again = :soundsAgain, alike = :alike""")
        .bind("id", row.id())
        .bind("openingHash", row.openingHash())
        .bind("openedAt", row.openedAt().toEpochMilli())
        .bind("lastAt", row.lastAt().toEpochMilli())
        .bind("dueAt", dueAt.toEpochMilli())
        .bind("onClock", row.onClock())
        .bind("closedAt", millis(row.closedAt()))
        .bind("channel", row.channel())
        .bind("product", row.product())
        .bind("version", row.version())
        .bind("language", row.language())
        .bind("segment", row.segment())
        .bind("tags", DeskJson.line(row.tags()))
        .bind("agentId", row.agentId())
        .bind("customer", row.customer())
        .bind("concurrent", row.concurrent())
        .bind("resolution", wireName(row.resolution()))
        .bind("handleMinutes", row.handleMinutes())
        .bind("question", row.question())
        .bind("spoken", row.spoken())
        .bind("soundsAgain", row.soundsAgain())
        .bind("alike", alike)
        .execute();
  }

  static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  private static @Nullable String wireName(@Nullable WireName constant) {
    return constant == null ? null : constant.wireName();
  }

  /** A case that should close itself. */
  public record Due(String caseId, Instant at) {}

  /**
   * The open case that is due first, among those that live on the clock or among the others; empty
   * when none is due by {@code latest}.
   */
  public Optional<Due> findDue(boolean onClock, Instant latest) {
    return handle
        .createQuery(
            """
            SELECT id, due_at FROM desk_case
            WHERE closed_at IS NULL AND due_at <= :latest AND on_clock = :onClock
            ORDER BY due_at, id LIMIT 1""")
        .bind("latest", latest.toEpochMilli())
        .bind("onClock", onClock)
        .map((row, context) -> new Due(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
        .findOne();
  }

  /**
   * A closed case that asked something.
   *
   * @param row the case
   * @param closedAt when it closed
   * @param given whether an article was given in it
   */
  public record Past(CaseRow row, Instant closedAt, boolean given) {}

  /** The closed cases that asked something in a language, those judged last first. */
  public List<Past> latestAsked(String language, int most) {
    return handle
        .createQuery(
            """
            SELECT c.*, o.closed_at AS judged_for, o.given <> '[]' AS any_given
            FROM outcome o JOIN desk_case c ON c.id = o.case_id
            WHERE o.has_question = 1 AND c.spoken = :language AND c.closed_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = c.id)
            ORDER BY o.sequence DESC LIMIT :most""")
        .bind("language", language)
        .bind("most", most)
        .map(
            (row, context) ->
                new Past(
                    row(row, context),
                    Instant.ofEpochMilli(row.getLong("judged_for")),
                    row.getBoolean("any_given")))
        .list();
  }

  /**
   * A closed case that asked something and was given an article.
   *
   * @param row the case
   * @param given the articles
   */
  public record Answered(CaseRow row, List<String> given) {
    /** Takes a copy. */
    public Answered {
      given = List.copyOf(given);
    }
  }

  /** The closed cases that asked something and were given an article, those judged last first. */
  public List<Answered> latestGiven(int most) {
    return handle
        .createQuery(
            """
            SELECT c.*, o.given AS articles FROM outcome o JOIN desk_case c ON c.id = o.case_id
            WHERE o.has_question = 1 AND o.given <> '[]' AND c.closed_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = c.id)
            ORDER BY o.sequence DESC LIMIT :most""")
        .bind("most", most)
        .map((row, context) -> new Answered(row(row, context), texts(row.getString("articles"))))
        .list();
  }

  /**
   * True when the customer of a case had a later one that repeats or continues it, or that counts
   * in a gap.
   */
  public boolean cameBack(String caseId, long gapKey) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (
              SELECT 1 FROM desk_case mine JOIN desk_case later
                ON later.customer = mine.customer AND later.opened_at >= mine.opened_at AND later.id <> mine.id
              LEFT JOIN outcome o ON o.case_id = later.id
              WHERE mine.id = :case AND (o.repeat_of = :case OR o.reconnect_of = :case OR EXISTS (
                SELECT 1 FROM gap_case g WHERE g.gap_key = :gap AND g.case_id = later.id)))""")
        .bind("case", caseId)
        .bind("gap", gapKey)
        .mapTo(Boolean.class)
        .one();
  }

  /** Cases that closed before a time, the earliest first. */
  public List<String> closedBefore(Instant until, int most) {
    return handle
        .createQuery(
            "SELECT id FROM desk_case WHERE closed_at < :until ORDER BY closed_at, id LIMIT :most")
        .bind("until", until.toEpochMilli())
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** Removes a case: what was said in it, and whose it was when the customer has no other. */
  public void remove(String caseId) {
    Optional<String> customer = find(caseId).map(CaseRow::customer);
    for (String table : List.of("message", "link", "given")) {
      handle.execute("DELETE FROM " + table + " WHERE case_id = ?", caseId);
    }
    handle.execute("DELETE FROM desk_case WHERE id = ?", caseId);
    customer.ifPresent(
        of ->
            handle.execute(
                """
                DELETE FROM identity WHERE customer = ?
                  AND NOT EXISTS (SELECT 1 FROM desk_case WHERE customer = identity.customer)""",
                of));
  }

  /** When the first case opened; {@code otherwise} where there is none. */
  public Instant firstOpened(Instant otherwise) {
    return handle
        .createQuery("SELECT min(opened_at) FROM desk_case")
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli)
        .orElse(otherwise);
  }

  /**
   * The closed cases that were judged after an outcome, in the order of judging.
   *
   * @param sequence of that outcome; 0: all
   */
  public List<Judged> judgedAfter(long sequence) {
    return handle
        .createQuery(
            """
            SELECT o.case_id, o.sequence FROM outcome o JOIN desk_case c ON c.id = o.case_id
            WHERE o.sequence > :sequence AND c.closed_at IS NOT NULL ORDER BY o.sequence""")
        .bind("sequence", sequence)
        .map((row, context) -> new Judged(row.getString(1), row.getLong(2)))
        .list();
  }

  /** A closed case, and the place of its outcome among all. */
  public record Judged(String caseId, long sequence) {}

  /** How many messages and links a case has. */
  public record Length(int messages, int links) {}

  /** How many messages and links a case has. */
  public Length length(String caseId) {
    return handle
        .createQuery(
            """
            SELECT (SELECT COUNT(*) FROM message WHERE case_id = :id),
              (SELECT COUNT(*) FROM link WHERE case_id = :id)""")
        .bind("id", caseId)
        .map((row, context) -> new Length(row.getInt(1), row.getInt(2)))
        .one();
  }

  /** What an agent did with an article. */
  public record Linked(String articleId, LinkAction action, Instant at) {}

  /** What the agent of a case did with articles, in order. */
  public List<Linked> links(String caseId) {
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

  /** How many cases are open. */
  public int countOpen() {
    return handle
        .createQuery("SELECT count(*) FROM desk_case WHERE closed_at IS NULL")
        .mapTo(Integer.class)
        .one();
  }

  /** A message of an id, as a hash of its content. */
  public Optional<String> findMessageHash(String caseId, String messageId) {
    return handle
        .createQuery("SELECT hash FROM message WHERE case_id = :case AND message_id = :message")
        .bind("case", caseId)
        .bind("message", messageId)
        .mapTo(String.class)
        .findOne();
  }

  /** Appends a masked message. */
  public void append(String caseId, Message masked, String hash, Instant at) {
    handle.execute(
        """
        INSERT INTO message (case_id, position, message_id, hash, at, author, text)
        VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM message WHERE case_id = ?), ?, ?, ?, ?, ?)""",
        caseId,
        caseId,
        masked.id(),
        hash,
        at.toEpochMilli(),
        masked.from().wireName(),
        masked.text());
  }

  /** The messages of a case, in order. */
  public List<Message> messages(String caseId) {
    return handle
        .createQuery(
            "SELECT message_id, author, text, at FROM message WHERE case_id = :id ORDER BY position")
        .bind("id", caseId)
        .map(
            (row, context) ->
                new Message(
                    row.getString(1),
                    WireName.parse(Author.class, "author", row.getString(2)),
                    row.getString(3),
                    Instant.ofEpochMilli(row.getLong(4))))
        .list();
  }

  /** What the customer wrote: the first messages of a case and its last ones, in order. */
  public List<String> customerTexts(String caseId, int first, int last) {
    List<String> texts =
        new ArrayList<>(customerTexts(caseId, "ORDER BY position LIMIT " + (first + 1), 0));
    if (texts.size() <= first) {
      return texts;
    }
    texts.removeLast();
    List<String> latest =
        customerTexts(caseId, "ORDER BY position DESC LIMIT " + last, first).reversed();
    texts.addAll(latest);
    return texts;
  }

  private List<String> customerTexts(String caseId, String order, int skipped) {
    String beyond =
        skipped == 0
            ? ""
            : " AND position > (SELECT position FROM message WHERE case_id = :id AND author = 'customer'"
                + " ORDER BY position LIMIT 1 OFFSET "
                + (skipped - 1)
                + ")";
    return handle
        .createQuery(
            "SELECT text FROM message WHERE case_id = :id AND author = 'customer'"
                + beyond
                + " "
                + order)
        .bind("id", caseId)
        .mapTo(String.class)
        .list();
  }

  /**
   * The customer whom any of these hashes names; those named by several are found to be one.
   * Unknown hashes are noted.
   */
  public String customer(Collection<String> hashes) {
    TreeSet<String> known = new TreeSet<>();
    for (String hash : hashes) {
      handle
          .createQuery("SELECT customer FROM identity WHERE hash = :hash")
          .bind("hash", hash)
          .mapTo(String.class)
          .findOne()
          .ifPresent(known::add);
    }
    String customer = known.isEmpty() ? hashes.iterator().next() : known.first();
    for (String other : known.tailSet(customer, false)) {
      merge(other, customer);
    }
    for (String hash : hashes) {
      handle.execute(
          "INSERT OR IGNORE INTO identity (hash, customer) VALUES (?, ?)", hash, customer);
    }
    return customer;
  }

  private void merge(String from, String to) {
    handle.execute("UPDATE identity SET customer = ? WHERE customer = ?", to, from);
    handle.execute("UPDATE desk_case SET customer = ? WHERE customer = ?", to, from);
    handle.execute("UPDATE giving SET customer = ? WHERE customer = ?", to, from);
    handle.execute("UPDATE gap_case SET customer = ? WHERE customer = ?", to, from);
  }

  /** True when a case of the customer that opened before {@code at} was open then. */
  public boolean anyOpen(String customer, Instant at) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM desk_case WHERE customer = :customer AND closed_at IS NULL AND +opened_at <= :at)
              OR EXISTS (SELECT 1 FROM desk_case WHERE customer = :customer AND closed_at > :at AND +opened_at <= :at)""")
        .bind("customer", customer)
        .bind("at", at.toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  /** The customer's other cases that closed in a period and count, latest first. */
  public List<CaseRow> closedBetween(
      String customer, String exceptCase, Instant from, Instant to, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM desk_case WHERE customer = :customer AND id <> :except
              AND +opened_at <= :to AND closed_at BETWEEN :from AND :to
              AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = desk_case.id)
            ORDER BY closed_at DESC, id DESC LIMIT :most""")
        .bind("customer", customer)
        .bind("except", exceptCase)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("most", most)
        .map(CaseStore::row)
        .list();
  }

  /** The customer's other closed cases that opened in a period, the earliest first. */
  public List<CaseRow> openedBetween(
      String customer, String exceptCase, Instant from, Instant to, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM desk_case WHERE customer = :customer AND id <> :except
              AND closed_at IS NOT NULL AND +opened_at BETWEEN :from AND :to
            ORDER BY opened_at, id LIMIT :most""")
        .bind("customer", customer)
        .bind("except", exceptCase)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .bind("most", most)
        .map(CaseStore::row)
        .list();
  }

  /** Notes what an agent did with an article. */
  public void link(String caseId, String articleId, LinkAction action, Instant at) {
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
