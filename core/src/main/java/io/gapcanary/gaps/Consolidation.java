package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Merges missing gaps that turn out to be one: those whose questions are as {@linkplain Closeness
 * close} as the setting {@code merging} says.
 *
 * <p>Up to {@value #SAMPLE} questions of the gap that is looked at, and {@value #NEAR_SAMPLE} of
 * each gap near it, are compared. The gap with the lower number stays; an owner, a state and a
 * decision are never lost: two owners, or a dismissal, keep gaps apart.
 */
final class Consolidation {
  private static final int SAMPLE = 48;
  private static final int NEAR_SAMPLE = 24;

  /**
   * Less alike in the mean, and gaps are not one however loose each is: what a broad gap holds is
   * hardly more alike than what is beside it.
   */
  private static final double ALIKE = 0.15;

  /** A gap takes in no more others at once. */
  private static final int ROUNDS = 3;

  private final KnowledgeBase knowledge;
  private final Neighbourhood neighbourhood;
  private final GapBook book;
  private final Supplier<DeskSettings> settings;

  Consolidation(
      KnowledgeBase knowledge,
      Neighbourhood neighbourhood,
      GapBook book,
      Supplier<DeskSettings> settings) {
    this.knowledge = knowledge;
    this.neighbourhood = neighbourhood;
    this.book = book;
    this.settings = settings;
  }

  /**
   * Looks at a gap.
   *
   * @return the gap that it lives on in, or itself
   */
  GapRow look(Session session, GapRow gap, Instant at) {
    GapRow stays = gap;
    for (int round = 0; round < ROUNDS; round++) {
      GapRow one = stays;
      Optional<GapRow> other =
          closest(session, one)
              .filter(found -> session.gapMerges().speakForMerging(one.key(), found.key()) > 0);
      if (other.isEmpty()) {
        break;
      }
      stays = merge(session, one, other.get(), at);
    }
    return stays;
  }

  private Optional<GapRow> closest(Session session, GapRow gap) {
    List<GapRow> near =
        neighbourhood.of(session, gap).stream().filter(other -> mayMerge(gap, other)).toList();
    if (near.isEmpty()) {
      return Optional.empty();
    }
    List<GapMember> sample = new ArrayList<>(Members.sample(session, gap.key(), SAMPLE));
    List<Integer> mine = IntStream.range(0, sample.size()).boxed().toList();
    List<List<Integer>> theirs = new ArrayList<>();
    for (GapRow other : near) {
      int from = sample.size();
      sample.addAll(Members.sample(session, other.key(), NEAR_SAMPLE));
      theirs.add(IntStream.range(from, sample.size()).boxed().toList());
    }
    Closeness closeness = new Closeness(knowledge.sameSubjects(Members.questions(sample)));
    double closest = settings.get().merging();
    Optional<GapRow> found = Optional.empty();
    for (int i = 0; i < near.size(); i++) {
      double relative = relative(closeness, mine, theirs.get(i));
      if (relative >= closest) {
        closest = relative;
        found = Optional.of(near.get(i));
      }
    }
    return found;
  }

  /** How close two gaps are relatively, 0 when they are hardly alike or one asks nothing. */
  static double relative(Closeness closeness, List<Integer> one, List<Integer> other) {
    boolean alike = !one.isEmpty() && !other.isEmpty() && closeness.between(one, other) >= ALIKE;
    return alike ? closeness.relative(one, other) : 0;
  }

  private static boolean mayMerge(GapRow a, GapRow b) {
    boolean missing = a.kind() == Gap.Kind.MISSING && b.kind() == Gap.Kind.MISSING;
    return missing && GapMerging.agree(a, b);
  }

  private GapRow merge(Session session, GapRow a, GapRow b, Instant at) {
    Comparator<GapRow> older =
        Comparator.comparingInt(
                (GapRow gap) -> gap.number() == null ? Integer.MAX_VALUE : gap.number())
            .thenComparingLong(GapRow::key);
    boolean aStays = older.compare(a, b) <= 0;
    GapRow into = aStays ? a : b;
    GapRow from = aStays ? b : a;
    session.gapMerges().merge(from.key(), into.key());
    if (GapMerging.decided(from)) {
      GapMerging.takeOver(session, from, into);
    }
    if (!from.heldBack()) {
      GapBook.note(session, into, at, Gap.Event.What.MERGED, GapMerging.details(from));
    }
    if (!into.heldBack()) {
      book.retitle(session, into);
    }
    return session.gaps().get(into.key());
  }
}
