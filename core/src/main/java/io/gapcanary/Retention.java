package io.gapcanary;

import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.Session;
import io.gapcanary.storage.StoredVectors;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
    remove(old);
    return old;
  }

  /** Removes cases; one that is not there, or not any more, is none. */
  void remove(List<String> caseIds) {
    if (caseIds.isEmpty()) {
      return;
    }
    Set<String> hashes =
        work.read(session -> session.erasures().texts(caseIds)).stream()
            .flatMap(text -> knowledge.vectorHashes(text).stream())
            .collect(Collectors.toSet());
    work.remove(
        session -> {
          caseIds.forEach(id -> session.cases().find(id).ifPresent(row -> remove(session, row)));
          session.erasures().removeVectors(hashes);
          vectors.forget(hashes);
          return session;
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
