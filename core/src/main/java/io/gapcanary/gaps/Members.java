package io.gapcanary.gaps;

import io.gapcanary.kb.Question;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The cases of a missing gap that ask something, in order of arrival. */
final class Members {
  /** So many times as many cases are read as wordings are wanted, for some ask the same words. */
  private static final int READ = 8;

  private final List<GapMember> all;
  private final List<GapMember> distinct = new ArrayList<>();
  private final Map<String, String> begins = new HashMap<>();

  Members(List<GapMember> all) {
    this.all = all;
    Map<String, String> asked = new HashMap<>();
    for (GapMember member : all) {
      String earlier = member.returnsTo() == null ? null : begins.get(member.returnsTo());
      String same = asked.get(member.question());
      String first = earlier == null ? same : earlier;
      begins.put(member.caseId(), first == null ? member.caseId() : first);
      if (same == null) {
        asked.put(member.question(), beginning(member));
        distinct.add(member);
      }
    }
  }

  static Members of(Session session, long gapKey) {
    return new Members(asking(session.gapCases().members(gapKey)));
  }

  /** A sample of a gap's cases, as by {@link #sample}, without reading all of a large gap's. */
  static List<GapMember> sample(Session session, long gapKey, int most) {
    List<GapMember> some = session.gapCases().someMembers(gapKey, READ * most);
    return new Members(asking(some)).sample(most);
  }

  private static List<GapMember> asking(List<GapMember> members) {
    return members.stream().filter(member -> !member.question().isBlank()).toList();
  }

  /** At most so many, evenly over the gap's time, of which no two ask the same words. */
  List<GapMember> sample(int most) {
    List<GapMember> sample = new ArrayList<>();
    int size = Math.min(most, distinct.size());
    for (int i = 0; i < size; i++) {
      sample.add(distinct.get((int) ((long) i * distinct.size() / size)));
    }
    return sample;
  }

  List<GapMember> all() {
    return all;
  }

  /**
   * The first of the cases with which a customer came back about the same, or of those that ask the
   * same words: what they ask is one subject, however it is worded.
   */
  String beginning(GapMember member) {
    return begins.getOrDefault(member.caseId(), member.caseId());
  }

  /** All cases of one beginning. */
  List<GapMember> beginningWith(String caseId) {
    return all.stream().filter(member -> beginning(member).equals(caseId)).toList();
  }

  /** How many cases begin as some do. */
  int countBeginningAs(List<GapMember> some) {
    Set<String> beginnings = some.stream().map(this::beginning).collect(Collectors.toSet());
    return (int) all.stream().filter(member -> beginnings.contains(beginning(member))).count();
  }

  /** The indices of some members, those of one beginning together. */
  List<List<Integer>> units(List<GapMember> some) {
    Map<String, List<Integer>> units = new LinkedHashMap<>();
    for (int i = 0; i < some.size(); i++) {
      units.computeIfAbsent(beginning(some.get(i)), key -> new ArrayList<>()).add(i);
    }
    return List.copyOf(units.values());
  }

  static List<Question> questions(List<GapMember> members) {
    return members.stream().map(Members::question).toList();
  }

  static Question question(GapMember member) {
    return new Question(member.question(), member.spoken(), member.product(), null, Instant.EPOCH);
  }
}
