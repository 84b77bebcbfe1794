package io.gapcanary;

import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.List;

/** Removes cases that have been kept long enough. */
final class Retention {
  private final DeskWork work;

  Retention(DeskWork work) {
    this.work = work;
  }

  int removeOldCases(int most) {
    if (work.settings().keepCases().isZero()) {
      return 0;
    }
    Instant until = work.clockNow().minus(work.settings().keepCases());
    List<String> old = work.read(session -> session.cases().closedBefore(until, most));
    if (!old.isEmpty()) {
      work.later(session -> remove(session, old));
    }
    return old.size();
  }

  private static int remove(Session session, List<String> caseIds) {
    for (String id : caseIds) {
      session.articles().unlearnAll(id);
      session.gapCases().removeCase(id);
      session.outcomes().remove(id);
      session.cases().remove(id);
      session.index().judged(id);
    }
    return caseIds.size();
  }
}
