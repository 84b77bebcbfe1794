package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.Gap.Event.What;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Splits a missing gap that turns out to hold several subjects.
 *
 * <p>{@value #SAMPLE} of its questions, evenly over its time, are grouped by {@link Closeness}.
 * Each group of {@value #LEAST} or more cases, and of a {@value #PART}th of these questions, is a
 * subject; the other questions go with the one that they are most like. The largest part keeps the
 * id, and with it whatever people decided; the others are held back until enough customers speak
 * for them.
 *
 * <p>What was split becomes one again only when it was found to be one {@value #DOUBTS} times more
 * often than others. A gap that a person merged is never split, nor one that is done with.
 */
final class Splitting {
  private static final int SAMPLE = 48;
  private static final int LEAST = 4;
  private static final int DOUBTS = 2;

  /** A subject is this part of the wordings that are looked at, or more. */
  private static final int PART = 24;

  /** How close two groups of questions are at least that may be one subject, relatively. */
  private static final double CLOSE = 0.38;

  private final KnowledgeBase knowledge;
  private final GapBook book;

  Splitting(KnowledgeBase knowledge, GapBook book) {
    this.knowledge = knowledge;
    this.book = book;
  }

  /** True for a gap that cases may be taken out of. */
  static boolean mayLose(Session session, GapRow gap) {
    return gap.kind() == Gap.Kind.MISSING
        && gap.state().live()
        && gap.state() != Gap.State.PUBLISHED
        && !session.gapMerges().isJoinedByPerson(gap.key());
  }

  /**
   * Looks at a gap.
   *
   * @return the parts that go, when it was split
   */
  List<GapRow> look(Session session, GapRow gap, Instant at) {
    if (!mayLose(session, gap)) {
      return List.of();
    }
    Members members = Members.of(session, gap.key());
    List<GapMember> sample = members.sample(SAMPLE);
    double[][] alike = knowledge.sameSubjects(Members.questions(sample));
    List<List<GapMember>> subjects =
        new Closeness(alike)
            .groups(members.units(sample), CLOSE).stream()
                .map(group -> group.stream().map(sample::get).toList())
                .filter(subject -> isSubject(members, subject, sample.size()))
                .toList();
    if (subjects.size() < 2) {
      return List.of();
    }
    List<GapRow> parts = new ArrayList<>();
    for (List<GapMember> goes : allButLargest(members, subjects)) {
      parts.add(split(session, gap, goes, at));
    }
    return parts;
  }

  /** In a large gap any odd wording is asked often enough. */
  private static boolean isSubject(Members members, List<GapMember> some, int sampled) {
    return some.size() * PART >= sampled && members.countBeginningAs(some) >= LEAST;
  }

  /** Every case, with the subject that it belongs to or is most like. */
  private List<List<GapMember>> allButLargest(Members members, List<List<GapMember>> subjects) {
    Map<String, Integer> ofUnit = new HashMap<>();
    for (int i = 0; i < subjects.size(); i++) {
      for (GapMember member : subjects.get(i)) {
        ofUnit.put(members.beginning(member), i);
      }
    }
    List<GapMember> others =
        members.all().stream()
            .filter(member -> !ofUnit.containsKey(members.beginning(member)))
            .toList();
    List<double[][]> alike =
        subjects.stream()
            .map(
                subject ->
                    knowledge.sameSubjects(Members.questions(others), Members.questions(subject)))
            .toList();
    for (List<Integer> unit : members.units(others)) {
      ofUnit.put(members.beginning(others.get(unit.getFirst())), Closeness.nearest(unit, alike));
    }
    List<List<GapMember>> parts = new ArrayList<>();
    subjects.forEach(subject -> parts.add(new ArrayList<>()));
    for (GapMember member : members.all()) {
      parts.get(Objects.requireNonNull(ofUnit.get(members.beginning(member)))).add(member);
    }
    int largest = 0;
    for (int i = 1; i < parts.size(); i++) {
      largest = parts.get(i).size() > parts.get(largest).size() ? i : largest;
    }
    parts.remove(largest);
    return parts;
  }

  private GapRow split(Session session, GapRow gap, List<GapMember> goes, Instant at) {
    GapRow part = session.gaps().begin(Gap.Kind.MISSING, null);
    session.gapMerges().move(gap.key(), part.key(), goes.stream().map(GapMember::caseId).toList());
    session.gapMerges().speakAgainstMerging(gap.key(), part.key(), DOUBTS);
    if (!gap.heldBack()) {
      GapBook.note(session, gap, at, What.SPLIT, Map.of("cases", goes.size()));
      GapBook.note(
          session,
          part,
          at,
          What.SPLIT,
          Map.of("from", Objects.requireNonNull(gap.id()), "cases", goes.size()));
      book.retitle(session, gap);
    }
    return part;
  }
}
