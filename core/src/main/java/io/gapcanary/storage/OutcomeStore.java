package io.gapcanary.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.gapcanary.Outcome;
import io.gapcanary.RelatedArticle;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
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

  private static final String OUTCOMES =
      """
      SELECT o.*, EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = o.case_id) AS set_aside
      FROM outcome o
      """;

  /** The outcome of a case. */
  public Optional<Outcome> find(String caseId) {
    return handle
        .createQuery(OUTCOMES + "WHERE o.case_id = :id")
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
        Columns.texts(row.getString("given")),
        row.getString("repeat_of"),
        row.getString("reconnect_of"),
        row.getString("gap"),
        row.getBoolean("set_aside"));
  }

  private static List<RelatedArticle> matches(String json) {
    try {
      return DeskJson.mapper().readValue(json, MATCHES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored matches are no JSON", e);
    }
  }

  /**
   * Keeps an outcome as the latest one; an earlier one of the case is replaced.
   *
   * @param day the day of the close, where the desk is
   */
  public void save(
      Outcome outcome, boolean hasQuestion, double minutes, Instant closedAt, LocalDate day) {
    handle
        .createUpdate(
            """
            INSERT OR REPLACE INTO outcome (case_id, sequence, closed_at, outcome, reason, answerable, matches,
              given, repeat_of, reconnect_of, gap, has_question, minutes, day)
            VALUES (:case, (SELECT sequence + 1 FROM outcome_last), :closedAt, :outcome, :reason,
              :answerable, :matches, :given, :repeatOf, :reconnectOf, :gap, :hasQuestion, :minutes, :day)""")
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
        .bind("day", day.toEpochDay())
        .execute();
  }

  /** Removes the outcome of a case; what it was counted in stays. */
  public void remove(String caseId) {
    handle.execute("DELETE FROM outcome WHERE case_id = ?", caseId);
  }

  /** The gap of a case, as of its close. */
  public void setGap(String caseId, String gapId) {
    handle.execute("UPDATE outcome SET gap = ? WHERE case_id = ?", gapId, caseId);
  }

  /** Hands over every outcome, in the order of closing. */
  public void forEach(Consumer<Outcome> reader) {
    try (Stream<Outcome> all =
        handle
            .createQuery(OUTCOMES + "ORDER BY o.sequence")
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
            """
            SELECT COUNT(*) FROM outcome WHERE has_question = 1 AND given = '[]' AND outcome <> 'unavailable'
              AND NOT EXISTS (SELECT 1 FROM flood_case f WHERE f.case_id = outcome.case_id)""")
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
}
