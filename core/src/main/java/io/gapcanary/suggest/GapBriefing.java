package io.gapcanary.suggest;

import io.gapcanary.Author;
import io.gapcanary.Message;
import io.gapcanary.OpenNow;
import io.gapcanary.Suggestions.KnownGap;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapCaseStore;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent should know of the gap that a question belongs to: how many met it this week, who
 * sees to it, and what those wrote who solved it all the same.
 */
final class GapBriefing {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int SOLUTIONS = 2;

  /** So many solved cases are looked through for something worth quoting. */
  private static final int LOOKED_AT = 10;

  /** Shorter messages are greetings and promises. */
  private static final int SHORTEST_HANGUL = 12;

  private static final int SHORTEST = 25;
  private static final int LONGEST = 240;

  private GapBriefing() {}

  /**
   * Sums a gap up.
   *
   * @param row the case at hand, which does not count as one before; {@code null} when none is
   *     known
   * @param asked the open cases that ask the same now
   */
  static KnownGap of(
      Session session,
      GapRow gap,
      @Nullable CaseRow row,
      Instant now,
      OpenNow.Asked asked,
      Wording wording) {
    String caseId = row == null ? "" : row.id();
    int cases = session.gapSizes().cases(gap.key());
    int before = session.gapSizes().casesBetween(gap.key(), now.minus(WEEK), now, caseId);
    List<GapCaseStore.Solved> solved = session.gapCases().solved(gap.key(), caseId, LOOKED_AT);
    List<KnownGap.Solution> solutions =
        solved.stream().flatMap(one -> solution(session, one).stream()).limit(SOLUTIONS).toList();
    int open = asked.cases().size() - (asked.cases().contains(caseId) ? 1 : 0);
    int solvedCases = session.gapCases().countSolved(gap.key(), caseId);
    return new KnownGap(
        String.valueOf(gap.id()),
        gap.title(),
        cases,
        gap.owner(),
        before + 1,
        open,
        solvedCases,
        solutions,
        wording.knownGap(before + 1, open, gap.owner(), solvedCases, solutions));
  }

  /** What the agent wrote that says most: the longest of the messages. */
  private static Optional<KnownGap.Solution> solution(Session session, GapCaseStore.Solved solved) {
    return session.messages().list(solved.caseId()).stream()
        .filter(message -> message.from() == Author.AGENT)
        .map(Message::text)
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .filter(GapBriefing::saysSomething)
        .max(Comparator.comparingInt(String::length))
        .map(text -> new KnownGap.Solution(solved.caseId(), solved.at(), shortened(text)));
  }

  private static boolean saysSomething(String text) {
    boolean hangul = text.chars().anyMatch(c -> c >= 0xAC00 && c <= 0xD7A3);
    return text.length() >= (hangul ? SHORTEST_HANGUL : SHORTEST);
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int blank = text.lastIndexOf(' ', LONGEST - 1);
    int end = blank > LONGEST / 2 ? blank : LONGEST - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
