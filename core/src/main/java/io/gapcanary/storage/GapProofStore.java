package io.gapcanary.storage;

import io.gapcanary.GapProof;
import io.gapcanary.GapReplay;
import io.gapcanary.WireName;
import io.gapcanary.exchange.DeskJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What came of the questions of gaps when their remedies were there; of each gap the latest. */
public final class GapProofStore {
  private final Handle handle;

  GapProofStore(Handle handle) {
    this.handle = handle;
  }

  /** Keeps what came of it, in the place of what did before. */
  public void keep(long key, Instant at, GapReplay replay) {
    handle.execute("DELETE FROM gap_proof WHERE gap_key = ?", key);
    handle.execute(
        """
        INSERT INTO gap_proof (gap_key, at, asked, answered, answered_before, passes, degraded, articles, others, harmed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        key,
        at.toEpochMilli(),
        replay.asked(),
        replay.answered(),
        replay.answeredBefore(),
        replay.passes(),
        replay.degraded(),
        DeskJson.line(replay.articles()),
        replay.others(),
        replay.harmed().size());
    if (replay.questions().isEmpty() && replay.harmed().isEmpty()) {
      return;
    }
    PreparedBatch cases =
        handle.prepareBatch(
            "INSERT INTO gap_proof_case (gap_key, position, case_id, before, after, how) VALUES (?, ?, ?, ?, ?, ?)");
    int position = 0;
    for (GapReplay.Asked one : replay.questions()) {
      cases.add(key, position++, one.caseId(), one.before(), one.after(), null);
    }
    for (GapReplay.Harmed one : replay.harmed()) {
      cases.add(key, position++, one.caseId(), one.given(), one.first(), one.how().wireName());
    }
    cases.execute();
  }

  /** A case's question, asked again. */
  private record Case(
      String id,
      String question,
      @Nullable String before,
      @Nullable String after,
      GapReplay.@Nullable How how) {}

  /** What came of it last; empty when the remedy was never there. */
  public Optional<GapProof> find(long key, String gapId) {
    List<GapReplay.Asked> questions = new ArrayList<>();
    List<GapReplay.Harmed> harmed = new ArrayList<>();
    for (Case one : cases(key)) {
      if (one.how == null) {
        questions.add(new GapReplay.Asked(one.id, one.question, one.before, one.after));
      } else {
        String given = one.before == null ? "" : one.before;
        harmed.add(new GapReplay.Harmed(one.id, one.question, given, one.after, one.how));
      }
    }
    return handle
        .createQuery("SELECT * FROM gap_proof WHERE gap_key = :key")
        .bind("key", key)
        .map((row, context) -> proof(row, gapId, questions, harmed))
        .findOne();
  }

  private List<Case> cases(long key) {
    return handle
        .createQuery(
            """
            SELECT p.case_id, d.question, p.before, p.after, p.how FROM gap_proof_case p
              JOIN desk_case d ON d.id = p.case_id
            WHERE p.gap_key = :key ORDER BY p.position""")
        .bind("key", key)
        .map(
            (row, context) -> {
              String how = row.getString(5);
              return new Case(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  how == null ? null : WireName.parse(GapReplay.How.class, "how", how));
            })
        .list();
  }

  private static GapProof proof(
      ResultSet row, String gapId, List<GapReplay.Asked> questions, List<GapReplay.Harmed> harmed)
      throws SQLException {
    List<String> unanswered =
        questions.stream()
            .filter(one -> one.after() == null)
            .map(GapReplay.Asked::question)
            .limit(GapReplay.SHOWN)
            .toList();
    return new GapProof(
        Instant.ofEpochMilli(row.getLong("at")),
        new GapReplay(
            gapId,
            row.getInt("asked"),
            row.getInt("answered"),
            row.getInt("answered_before"),
            row.getBoolean("passes"),
            row.getBoolean("degraded"),
            Columns.texts(row.getString("articles")),
            unanswered,
            questions,
            row.getInt("others"),
            harmed),
        row.getInt("harmed"));
  }
}
