package io.gapcanary.gaps;

import io.gapcanary.HeldBackSubject;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GapStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The subjects held back, without their words: those are a single customer's. */
public final class HeldBack {
  private HeldBack() {}

  /** The subjects; no more than {@code most} of them are described, all are counted. */
  public static HeldBackSubject.Page of(Session session, int most) {
    int count = session.gaps().heldBack();
    List<GapRow> shown = session.gaps().largestHeldBack(most);
    return new HeldBackSubject.Page(
        count,
        session.gaps().heldBackOfOneCustomer(),
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
    List<GapStore.Member> members = session.gaps().members(subject.key());
    return new HeldBackSubject(
        (int) members.stream().map(GapStore.Member::customer).distinct().count(),
        members.stream().map(GapStore.Member::caseId).toList(),
        members.isEmpty() ? Instant.EPOCH : members.getFirst().at(),
        members.isEmpty() ? Instant.EPOCH : members.getLast().at(),
        GapViews.related(session, members));
  }
}
