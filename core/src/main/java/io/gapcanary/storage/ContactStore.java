package io.gapcanary.storage;

import io.gapcanary.Author;
import io.gapcanary.CaseFilter;
import io.gapcanary.CasePage;
import io.gapcanary.CaseSummary;
import io.gapcanary.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Lists of cases: by their opening, and those of one customer. */
public final class ContactStore {
  private static final int SHOWN = 160;
  private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,15})\\.(.{1,200})");

  private final Handle handle;

  ContactStore(Handle handle) {
    this.handle = handle;
  }

  /** Where a page ends: a case's opening and its id. */
  private record Cursor(long openedAt, String id) {
    static Cursor parse(String text) {
      Matcher parts = CURSOR.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException("after must be the cursor that a page ended with");
      }
      return new Cursor(Long.parseLong(parts.group(1)), parts.group(2));
    }

    static Cursor of(CaseSummary last) {
      return new Cursor(last.openedAt().toEpochMilli(), last.id());
    }

    @Override
    public String toString() {
      return openedAt + "." + id;
    }
  }

  /**
   * A page of cases, the one that opened last first.
   *
   * @throws IllegalArgumentException when the cursor is none
   */
  public CasePage list(CaseFilter filter) {
    Cursor after = filter.after() == null ? null : Cursor.parse(filter.after());
    List<CaseSummary> cases =
        handle
            .createQuery(
                """
                SELECT c.id, c.opened_at, c.last_at, c.closed_at, c.channel, c.product, c.agent_id, c.question,
                  m.position AS messages, m.author, substr(m.text, 1, %d) AS said
                FROM desk_case c LEFT JOIN message m ON m.case_id = c.id
                  AND m.position = (SELECT MAX(position) FROM message WHERE case_id = c.id)
                WHERE %s%s%s ORDER BY c.opened_at DESC, c.id DESC LIMIT :most"""
                    .formatted(
                        SHOWN,
                        state(filter.state()),
                        filter.agentId() == null ? "" : " AND c.agent_id = :agent",
                        after == null ? "" : " AND (c.opened_at, c.id) < (:openedAt, :id)"))
            .bind("most", filter.limit() + 1)
            .bindMap(
                after == null
                    ? java.util.Map.of()
                    : java.util.Map.of("openedAt", after.openedAt(), "id", after.id()))
            .bind("agent", filter.agentId())
            .map(ContactStore::summary)
            .list();
    boolean more = cases.size() > filter.limit();
    List<CaseSummary> page = more ? cases.subList(0, filter.limit()) : cases;
    return new CasePage(page, more ? Cursor.of(page.getLast()).toString() : null);
  }

  private static String state(CaseFilter.@Nullable State state) {
    if (state == null) {
      return "TRUE";
    }
    return switch (state) {
      case OPEN -> "c.closed_at IS NULL";
      case CLOSED -> "c.closed_at IS NOT NULL";
    };
  }

  private static CaseSummary summary(ResultSet row, StatementContext context) throws SQLException {
    String author = row.getString("author");
    String said = row.getString("said");
    return new CaseSummary(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        Instant.ofEpochMilli(row.getLong("last_at")),
        Columns.instant(row, "closed_at"),
        row.getString("channel"),
        row.getString("product"),
        row.getString("agent_id"),
        row.getString("question"),
        row.getInt("messages"),
        author == null ? null : WireName.parse(Author.class, "author", author),
        said == null ? "" : said);
  }

  /** The customer's latest cases besides one, the one that opened last first. */
  public List<CaseRow> latestOf(String customer, String exceptCase, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM desk_case WHERE customer = :customer AND id <> :except
            ORDER BY opened_at DESC, id DESC LIMIT :most""")
        .bind("customer", customer)
        .bind("except", exceptCase)
        .bind("most", most)
        .map(CaseStore::row)
        .list();
  }

  /** How many cases a customer has besides one. */
  public int countOf(String customer, String exceptCase) {
    return handle
        .createQuery("SELECT COUNT(*) FROM desk_case WHERE customer = :customer AND id <> :except")
        .bind("customer", customer)
        .bind("except", exceptCase)
        .mapTo(Integer.class)
        .one();
  }
}
