package io.gapcanary;

import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.Session;
import io.gapcanary.storage.StoredVectors;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Removes cases that have been kept long enough. */
final class Retention {
  private final DeskWork work;
  private final StoredVectors vectors;
  private final KnowledgeBase knowledge;

  Retention(DeskWork work, StoredVectors vectors, KnowledgeBase knowledge) {
    this.work = work;
    this.vectors = vectors;
    this.knowledge = knowledge;
  }

  List<String> removeOldCases(int most) {
    if (work.settings().keepCases().isZero()) {
      return List.of();
    }
    Instant until = work.clockNow().minus(work.settings().keepCases());
    List<String> old = work.read(session -> session.cases().closedBefore(until, most));
    return old.isEmpty() ? old : remove(old, row -> !row.open()); // one may have been opened again
  }

  /** Removes cases; one that is not there, or not any more, is none. */
  void remove(List<String> caseIds) {
    if (caseIds.isEmpty()) {
      return;
    }
    remove(caseIds, row -> true);
  }

  private List<String> remove(List<String> caseIds, Predicate<CaseRow> still) {
    return work.remove(
        session -> {
          List<CaseRow> rows =
              caseIds.stream()
                  .flatMap(id -> session.cases().find(id).stream())
                  .filter(still)
                  .toList();
          List<String> ids = rows.stream().map(CaseRow::id).toList();
          Set<String> hashes =
              session.erasures().texts(ids).stream()
                  .flatMap(text -> knowledge.vectorHashes(text).stream())
                  .collect(Collectors.toSet());
          rows.forEach(row -> remove(session, row));
          session.erasures().removeVectors(hashes);
          vectors.forget(hashes);
          return ids;
        });
  }

  private static void remove(Session session, CaseRow row) {
    session.articles().unlearnAll(row.id());
    session.floods().removeCase(row.id());
    session.gapCases().removeCase(row.id());
    session.outcomes().remove(row.id());
    session.cases().remove(row.id());
    if (row.customer() != null) {
      session.customers().removeWithoutCase(row.customer());
    }
    session.index().judged(row.id());
  }
}
