package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.HeldBackSubject;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GivingStore;
import io.gapcanary.storage.HeldBackStore;
import io.gapcanary.storage.HeldBackStore.Few;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The subjects held back, without their words: those are a single customer's.
 *
 * <p>Of the kinds that concern an article, those that fewer customers have shown than make a gap.
 * An incomplete one is held back when two customers or more came back, at a rate above the limit of
 * {@link IncompleteRule}, and fewer than it needs: somebody comes back after any article.
 */
public final class HeldBack {
  private HeldBack() {}

  /** How many there are. */
  public static int count(Session session, DeskSettings settings) {
    return session.heldBack().count(few(session, settings)).all();
  }

  private static Few few(Session session, DeskSettings settings) {
    double usual =
        UsualReturns.of(session.givings(), GivingStore.Over.CHAINS, settings)
            .without("", new GivingStore.Returns(0, 0));
    return new Few(
        settings.minimumArticleCustomers(),
        settings.incompleteCustomers(),
        Math.max(usual * settings.incompleteRatio(), usual + settings.incompleteMargin()));
  }

  /** The subjects; no more than {@code most} of them are described, all are counted. */
  public static HeldBackSubject.Page of(Session session, DeskSettings settings, int most) {
    Few few = few(session, settings);
    HeldBackStore.Count count = session.heldBack().count(few);
    List<GapRow> shown = session.heldBack().largest(most, few);
    return new HeldBackSubject.Page(
        count.all(),
        count.ofOneCustomer(),
        count.kinds(),
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
        subject.kind(),
        subject.articleId(),
        (int) members.stream().map(GapMember::customer).distinct().count(),
        members.stream().map(GapMember::caseId).toList(),
        members.isEmpty() ? Instant.EPOCH : members.getFirst().at(),
        members.isEmpty() ? Instant.EPOCH : members.getLast().at(),
        GapViews.related(session, members));
  }
}
