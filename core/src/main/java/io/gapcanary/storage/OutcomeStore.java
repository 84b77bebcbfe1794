package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.Outcome;
import io.gapcanary.RelatedArticle;
import io.gapcanary.Totals;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What closed cases came to. */
public final class OutcomeStore {
  private static final TypeReference<List<RelatedArticle>> MATCHES = new TypeReference<>() {};

  private final Handle handle;

  OutcomeStore(Handle handle) {
    this.handle = handle;
  }

  /** The outcome of a case. */
  public Optional<Outcome> find(String caseId) {
    return handle
        .createQuery("SELECT * FROM outcome WHERE case_id = :id")
        .bind("id", caseId)
        .map(OutcomeStore::outcome)
        .findOne();
  }

  private static Outcome outcome(ResultSet row, StatementContext context) throws SQLException {
    return new Outcome(
        row.getString("case_id"),
        WireName.parse(Outcome.Kind.class, "outcome", row.getString("outcome")),
        row.getString("reason"),
        row.getDouble("answerable"),
        matches(row.getString("matches")),
        CaseStore.texts(row.getString("given")),
        row.getString("repeat_of"),
        row.getString("reconnect_of"),
        row.getString("gap"));
  }

  private static List<RelatedArticle> matches(String json) {
    try {
      return DeskJson.mapper().readValue(json, MATCHES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored matches are no JSON", e);
    }
  }

  /** Keeps an outcome as the latest one; an earlier one of the case is replaced. */
  public void save(Outcome outcome, boolean hasQuestion, double minutes, Instant closedAt) {
    handle
        .createUpdate(
            """
            INSERT OR REPLACE INTO outcome (case_id, sequence, closed_at, outcome, reason, answerable, matches,
              given, repeat_of, reconnect_of, gap, has_question, minutes)
            VALUES (:case, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM outcome), :closedAt, :outcome, :reason,
              :answerable, :matches, :given, :repeatOf, :reconnectOf, :gap, :hasQuestion, :minutes)""")
        .bind("case", outcome.caseId())
        .bind("closedAt", closedAt.toEpochMilli())
        .bind("outcome", outcome.outcome().wireName())
        .bind("reason", outcome.reason())
        .bind("answerable", outcome.answerable())
        .bind("matches", DeskJson.line(outcome.matches()))
        .bind("given", DeskJson.line(outcome.given()))
        .bind("repeatOf", outcome.repeatOf())
        .bind("reconnectOf", outcome.reconnectOf())
        .bind("gap", outcome.gap())
        .bind("hasQuestion", hasQuestion)
        .bind("minutes", minutes)
        .execute();
  }

  /** The gap of a case, as of its close. */
  public void setGap(String caseId, String gapId) {
    handle.execute("UPDATE outcome SET gap = ? WHERE case_id = ?", gapId, caseId);
  }

  /** Hands over every outcome, in the order of closing. */
  public void forEach(Consumer<Outcome> reader) {
    try (Stream<Outcome> all =
        handle
            .createQuery("SELECT * FROM outcome ORDER BY sequence")
            .setFetchSize(1000)
            .map(OutcomeStore::outcome)
            .stream()) {
      all.forEach(reader);
    }
  }

  /** How many cases asked something and ended with nothing given. */
  public int unanswered() {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM outcome WHERE has_question = 1 AND given = '[]' AND outcome <> 'unavailable'")
        .mapTo(Integer.class)
        .one();
  }

  /** Cases that could not be judged, in the order of closing. */
  public List<String> unavailable() {
    return handle
        .createQuery("SELECT case_id FROM outcome WHERE outcome = 'unavailable' ORDER BY sequence")
        .mapTo(String.class)
        .list();
  }

  /** The mean work of cases that an article answered; 0 when there is none. */
  public double meanAnsweredMinutes() {
    return handle
        .createQuery("SELECT COALESCE(AVG(minutes), 0) FROM outcome WHERE outcome = 'answered'")
        .mapTo(Double.class)
        .one();
  }

  /** The desk in numbers. */
  public Totals totals(int heldBack) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) AS cases,
              COUNT(*) FILTER (WHERE o.outcome = 'answered') AS answered,
              COUNT(*) FILTER (WHERE o.outcome = 'no-match') AS no_match,
              COUNT(*) FILTER (WHERE o.outcome = 'too-little-text') AS too_little_text,
              COUNT(*) FILTER (WHERE o.outcome = 'unavailable') AS unavailable,
              COUNT(*) FILTER (WHERE o.has_question AND o.given <> '[]') AS linked,
              COUNT(*) FILTER (WHERE o.has_question) AS asked,
              COUNT(*) FILTER (WHERE o.repeat_of IS NOT NULL) AS repeats,
              COUNT(*) FILTER (WHERE o.reconnect_of IS NOT NULL) AS reconnects,
              COUNT(*) FILTER (WHERE c.concurrent) AS concurrent,
              COUNT(*) FILTER (WHERE c.customer IS NULL) AS anonymous,
              COUNT(*) FILTER (WHERE o.has_question AND c.resolution IS NOT NULL AND o.given <> '[]') AS known,
              COUNT(*) FILTER (WHERE o.has_question AND c.resolution = 'solved' AND o.given = '[]') AS not_captured,
              COUNT(*) FILTER (WHERE o.has_question AND c.resolution <> 'solved' AND o.given = '[]') AS new_ones
            FROM outcome o JOIN desk_case c ON c.id = o.case_id""")
        .map((row, context) -> totals(row, heldBack))
        .one();
  }

  private static Totals totals(ResultSet row, int heldBack) throws SQLException {
    int asked = row.getInt("asked");
    return new Totals(
        row.getInt("cases"),
        row.getInt("answered"),
        row.getInt("no_match"),
        row.getInt("too_little_text"),
        row.getInt("unavailable"),
        asked == 0 ? 0 : Math.round(10_000.0 * row.getInt("linked") / asked) / 10_000.0,
        row.getInt("repeats"),
        row.getInt("reconnects"),
        row.getInt("concurrent"),
        row.getInt("anonymous"),
        row.getInt("known"),
        row.getInt("not_captured"),
        row.getInt("new_ones"),
        heldBack);
  }
}
