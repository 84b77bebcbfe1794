package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.Gap.Event.What;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Moves cases of a missing gap to one near it that they are clearly more like: {@value #CLEARLY}
 * times as alike in the mean, and at least {@value #ALIKE}. When a case came, the gap that it
 * belongs to may have had too few questions to be recognised.
 *
 * <p>Cases go together with those that the same customer came back with. No gap is moved as a
 * whole, and none that people see is left with too few customers to be one.
 */
final class Moving {
  private static final double CLEARLY = 1.5;
  private static final double ALIKE = 0.15;
  private static final int SAMPLE = 48;
  private static final int NEAR_SAMPLE = 24;

  /** So many of a large gap's cases are looked at, evenly over its time. */
  private static final int LOOKED_AT = 240;

  private final KnowledgeBase knowledge;
  private final Neighbourhood neighbourhood;
  private final GapBook book;
  private final Supplier<DeskSettings> settings;

  Moving(
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
   * @return the gaps that cases went to
   */
  List<GapRow> look(Session session, GapRow gap, Instant at) {
    if (!Splitting.mayLose(session, gap)) {
      return List.of();
    }
    List<GapRow> near = neighbourhood.of(session, gap).stream().filter(Moving::mayTake).toList();
    if (near.isEmpty()) {
      return List.of();
    }
    Members members = Members.of(session, gap.key());
    Map<GapRow, List<GapMember>> moves = moves(session, members, near);
    if (!isLeft(gap, members, moves)) {
      return List.of();
    }
    moves.forEach((to, cases) -> move(session, gap, to, cases, at));
    return List.copyOf(moves.keySet());
  }

  private static boolean mayTake(GapRow gap) {
    return gap.kind() == Gap.Kind.MISSING
        && gap.state().live()
        && gap.state() != Gap.State.PUBLISHED;
  }

  private Map<GapRow, List<GapMember>> moves(Session session, Members members, List<GapRow> near) {
    List<GapMember> movable = members.sample(LOOKED_AT);
    List<Question> questions = Members.questions(movable);
    List<GapMember> own = members.sample(SAMPLE);
    double[][] within = knowledge.sameSubjects(questions, Members.questions(own));
    List<double[][]> across = new ArrayList<>();
    for (GapRow other : near) {
      List<GapMember> theirs = Members.sample(session, other.key(), NEAR_SAMPLE);
      across.add(knowledge.sameSubjects(questions, Members.questions(theirs)));
    }
    Map<GapRow, List<GapMember>> moves = new LinkedHashMap<>();
    for (List<Integer> unit : members.units(movable)) {
      String beginning = members.beginning(movable.get(unit.getFirst()));
      int best = Closeness.nearest(unit, across);
      double goes = Closeness.mean(unit, across.get(best));
      double stays = Closeness.mean(unit, withoutOwn(within, own, members, beginning));
      if (goes >= ALIKE && goes > CLEARLY * stays) {
        moves
            .computeIfAbsent(near.get(best), key -> new ArrayList<>())
            .addAll(members.beginningWith(beginning));
      }
    }
    return moves;
  }

  /** A case is no more at home in a gap for being like itself. */
  private static double[][] withoutOwn(
      double[][] within, List<GapMember> own, Members members, String beginning) {
    int[] others =
        IntStream.range(0, own.size())
            .filter(i -> !members.beginning(own.get(i)).equals(beginning))
            .toArray();
    double[][] without = new double[within.length][];
    for (int i = 0; i < within.length; i++) {
      double[] row = within[i];
      without[i] = Arrays.stream(others).mapToDouble(j -> row[j]).toArray();
    }
    return without;
  }

  private boolean isLeft(GapRow gap, Members members, Map<GapRow, List<GapMember>> moves) {
    Set<GapMember> stay = new LinkedHashSet<>(members.all());
    moves.values().forEach(stay::removeAll);
    long customers = stay.stream().map(GapMember::customer).distinct().count();
    return customers >= (gap.heldBack() ? 1 : settings.get().minimumCustomers());
  }

  private void move(Session session, GapRow from, GapRow to, List<GapMember> cases, Instant at) {
    session.gapMerges().move(from.key(), to.key(), cases.stream().map(GapMember::caseId).toList());
    tell(session, from, "to", to, cases.size(), at);
    tell(session, to, "from", from, cases.size(), at);
  }

  private void tell(Session session, GapRow gap, String way, GapRow other, int cases, Instant at) {
    if (!gap.heldBack()) {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("cases", cases);
      if (other.id() != null) {
        details.put(way, other.id());
      }
      GapBook.note(session, gap, at, What.MOVED, details);
      book.retitle(session, gap);
    }
  }
}
