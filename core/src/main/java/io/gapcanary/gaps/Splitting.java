package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.Gap.Event.What;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Splits a missing gap that turns out to hold two subjects.
 *
 * <p>Whenever a gap has grown by a quarter, {@value #SAMPLE} of its questions, evenly over its
 * time, are grouped by average linkage. When the two largest groups hold {@value #LEAST} cases or a
 * fifth of them each, and are hardly alike in the mean, each question goes to the group that it is
 * more like. The larger part keeps the id, and with it whatever people decided; the other one is
 * held back until enough customers speak for it.
 *
 * <p>What was split is merged again only when as many questions as the smaller part has cases, and
 * those that are needed anyway, fit both. A gap that a person merged is never split, nor one that
 * is done with.
 */
final class Splitting {
  private static final int FIRST = 16;
  private static final double GROWN = Math.log(1.25);
  private static final int SAMPLE = 60;
  private static final int LEAST = 5;
  private static final double SHARE = 0.2;

  /** The mean probability, of all pairs of questions, below which two groups are two subjects. */
  private static final double HARDLY = 0.04;

  /** How much more alike the questions of each part are than those of different ones. */
  private static final double CLEARLY = 3;

  private final KnowledgeBase knowledge;
  private final GapBook book;

  Splitting(KnowledgeBase knowledge, GapBook book) {
    this.knowledge = knowledge;
    this.book = book;
  }

  /**
   * Looks at a gap that a case has joined.
   *
   * @return the part that goes, when it was split
   */
  Optional<GapRow> look(Session session, GapRow gap, Instant at) {
    if (!isDue(session.gapSizes().cases(gap.key()))
        || gap.kind() != Gap.Kind.MISSING
        || !gap.state().live()
        || gap.state() == Gap.State.PUBLISHED
        || session.gapMerges().isJoinedByPerson(gap.key())) {
      return Optional.empty();
    }
    List<GapMember> members =
        session.gapCases().members(gap.key()).stream()
            .filter(member -> !member.question().isBlank())
            .toList();
    List<GapMember> goes = smallerPart(members);
    return goes.isEmpty() ? Optional.empty() : Optional.of(split(session, gap, goes, at));
  }

  private static boolean isDue(int cases) {
    return cases >= FIRST && (int) (Math.log(cases) / GROWN) != (int) (Math.log(cases - 1) / GROWN);
  }

  private List<GapMember> smallerPart(List<GapMember> members) {
    List<GapMember> sample = sample(members);
    List<Question> asked = sample.stream().map(Splitting::question).toList();
    double[][] alike = knowledge.sameSubjects(asked);
    List<List<Integer>> groups = new ArrayList<>(AverageLinkage.groups(alike, HARDLY));
    groups.sort(Comparator.comparingInt((List<Integer> group) -> group.size()).reversed());
    double least = Math.max(LEAST, SHARE * sample.size());
    if (groups.size() < 2 || groups.get(1).size() < least) {
      return List.of();
    }
    List<Integer> one = groups.get(0);
    List<Integer> other = groups.get(1);
    double between = AverageLinkage.mean(one, other, alike);
    if (within(one, alike) < CLEARLY * between || within(other, alike) < CLEARLY * between) {
      return List.of();
    }
    List<GapMember> others = members.stream().filter(m -> !sample.contains(m)).toList();
    double[][] alikeOthers =
        knowledge.sameSubjects(others.stream().map(Splitting::question).toList(), asked);
    List<GapMember> first = new ArrayList<>();
    List<GapMember> second = new ArrayList<>();
    for (int i = 0; i < sample.size(); i++) {
      double toFirst = one.contains(i) ? 1 : other.contains(i) ? 0 : mean(alike[i], one);
      double toSecond = other.contains(i) ? 1 : one.contains(i) ? 0 : mean(alike[i], other);
      (toSecond > toFirst ? second : first).add(sample.get(i));
    }
    for (int i = 0; i < others.size(); i++) {
      boolean toSecond = mean(alikeOthers[i], other) > mean(alikeOthers[i], one);
      (toSecond ? second : first).add(others.get(i));
    }
    List<GapMember> smaller = second.size() > first.size() ? first : second;
    return smaller.size() < LEAST ? List.of() : smaller;
  }

  /** Evenly over the gap's time. */
  private static List<GapMember> sample(List<GapMember> members) {
    List<GapMember> sample = new ArrayList<>();
    int size = Math.min(SAMPLE, members.size());
    for (int i = 0; i < size; i++) {
      sample.add(members.get((int) ((long) i * members.size() / size)));
    }
    return sample;
  }

  private static Question question(GapMember member) {
    return new Question(member.question(), member.spoken(), member.product(), null, Instant.EPOCH);
  }

  private static double mean(double[] alike, List<Integer> group) {
    return group.stream().mapToDouble(i -> alike[i]).average().orElse(0);
  }

  /** Of all pairs. */
  private static double within(List<Integer> group, double[][] alike) {
    double sum = -group.size();
    for (int i : group) {
      for (int j : group) {
        sum += alike[i][j];
      }
    }
    return sum / (group.size() * (group.size() - 1.0));
  }

  private GapRow split(Session session, GapRow gap, List<GapMember> goes, Instant at) {
    GapRow part = session.gaps().begin(Gap.Kind.MISSING, null);
    session.gapMerges().split(gap.key(), part.key(), goes.stream().map(GapMember::caseId).toList());
    session.gapMerges().speakAgainstMerging(gap.key(), part.key(), goes.size());
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
