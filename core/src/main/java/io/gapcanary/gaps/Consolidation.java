package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Merges missing gaps that turn out to be one.
 *
 * <p>A question that fits two groups at once speaks for merging them. They merge when {@value
 * #QUESTIONS} times the square root of the smaller one's cases have spoken: a few for two small
 * groups, more for two large ones, which chance brings together more often. The gap with the lower
 * number stays; an owner, a state and a decision are never lost: two owners, or a dismissal, keep
 * gaps apart.
 */
final class Consolidation {
  private static final double QUESTIONS = 1.5;

  /** A question speaks for no more groups than these. */
  private static final int GROUPS = 3;

  private final GapBook book;
  private final Supplier<DeskSettings> settings;

  Consolidation(GapBook book, Supplier<DeskSettings> settings) {
    this.book = book;
    this.settings = settings;
  }

  /** Hears which groups a question fitted, best first. */
  void heard(Session session, List<Grouping.Fit> fits, Instant at) {
    List<Long> groups =
        fits.stream()
            .filter(fit -> fit.score() >= settings.get().merging())
            .limit(GROUPS)
            .map(Grouping.Fit::key)
            .toList();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        spokenFor(session, groups.get(i), groups.get(j), at);
      }
    }
  }

  private void spokenFor(Session session, long one, long other, Instant at) {
    GapRow a = session.gaps().get(one);
    GapRow b = session.gaps().get(other);
    if (a.merged() || b.merged() || !mayMerge(a, b)) {
      return;
    }
    int spoken = session.gapMerges().speakForMerging(one, other);
    int smaller = Math.min(session.gapSizes().cases(one), session.gapSizes().cases(other));
    if (spoken >= QUESTIONS * Math.sqrt(smaller)) {
      merge(session, a, b, at);
    }
  }

  private static boolean mayMerge(GapRow a, GapRow b) {
    boolean oneOwner = a.owner() == null || b.owner() == null || a.owner().equals(b.owner());
    boolean sameFate = a.state().live() == b.state().live();
    boolean undismissed = a.state() != Gap.State.DISMISSED && b.state() != Gap.State.DISMISSED;
    boolean missing = a.kind() == Gap.Kind.MISSING && b.kind() == Gap.Kind.MISSING;
    return missing && oneOwner && sameFate && undismissed;
  }

  private void merge(Session session, GapRow a, GapRow b, Instant at) {
    Comparator<GapRow> older =
        Comparator.comparingInt(
                (GapRow gap) -> gap.number() == null ? Integer.MAX_VALUE : gap.number())
            .thenComparingLong(GapRow::key);
    boolean aStays = older.compare(a, b) <= 0;
    GapRow into = aStays ? a : b;
    GapRow from = aStays ? b : a;
    session.gapMerges().merge(from.key(), into.key());
    Gap.State state = into.state() == Gap.State.OPEN ? from.state() : into.state();
    String owner = into.owner() == null ? from.owner() : into.owner();
    if (state != into.state() || !Objects.equals(owner, into.owner())) {
      session.gaps().change(into.key(), state, owner, null);
    }
    if (!from.heldBack()) {
      GapBook.note(session, into, at, Gap.Event.What.MERGED, GapMerging.details(from));
    }
    if (!into.heldBack()) {
      book.retitle(session, into);
    }
  }
}
