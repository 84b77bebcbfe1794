package io.gapcanary.gaps;

import io.gapcanary.HeldBackSubject;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The subjects held back, without their words: those are a single customer's. */
public final class HeldBack {
  private HeldBack() {}

  /** The subjects; no more than {@code most} of them are described, all are counted. */
  public static HeldBackSubject.Page of(Session session, int most) {
    int count = session.heldBack().count();
    List<GapRow> shown = session.heldBack().largest(most);
    return new HeldBackSubject.Page(
        count,
        session.heldBack().countOfOneCustomer(),
        shown.stream()
            .map(subject -> subject(session, subject))
            .filter(subject -> !subject.cases().isEmpty())
            .sorted(
                Comparator.comparingInt(HeldBackSubject::customers)
                    .thenComparing(HeldBackSubject::lastSeen)
                    .reversed())
            .toList());
  }

  private static HeldBackSubject subject(Session session, GapRow subject) {
    List<GapMember> members = session.gapCases().members(subject.key());
    return new HeldBackSubject(
        (int) members.stream().map(GapMember::customer).distinct().count(),
        members.stream().map(GapMember::caseId).toList(),
        members.isEmpty() ? Instant.EPOCH : members.getFirst().at(),
        members.isEmpty() ? Instant.EPOCH : members.getLast().at(),
        GapViews.related(session, members));
  }
}
