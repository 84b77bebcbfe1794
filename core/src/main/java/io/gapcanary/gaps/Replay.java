package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.GapReplay;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Match;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Scope;
import io.gapcanary.kb.Supposed;
import io.gapcanary.kb.Verdict;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.CaseStore;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a gap's stored questions again: of today's articles, or as if something were changed, and
 * then also those of other cases that the change may harm.
 *
 * <p>Unfindable gaps are asked without learned wordings, and of their own article: that agents know
 * a way proves nothing.
 */
public final class Replay {
  /** The latest questions are asked, no more than these. */
  private static final int ASKED = 20;

  /** So many of the latest cases that were given an article are asked what would go wrong. */
  private static final int OTHERS = 500;

  /** What an agent sees. */
  private static final int FIRST = 3;

  private final KnowledgeBase knowledge;

  /** Asks the knowledge base. */
  public Replay(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /**
   * What is to be asked again, read from the record.
   *
   * @param gap whose replay it is
   * @param mine the gap's questions, the latest first
   * @param others those of other cases
   */
  public record Questions(GapRow gap, List<Stored> mine, List<Stored> others) {
    /** Takes copies. */
    public Questions {
      mine = List.copyOf(mine);
      others = List.copyOf(others);
    }

    /** The gap's own alone. */
    public Questions own() {
      return new Questions(gap, mine, List.of());
    }
  }

  /** A question that a case asked, as of now, and the articles given in it. */
  record Stored(String caseId, Question question, List<String> given) {}

  private interface Asking {
    Matches match(Question question, Scope scope);
  }

  /** Reads what is to be asked again to see what a change would do. */
  public static Questions questions(Session session, GapRow gap, Instant now) {
    List<Stored> others = new ArrayList<>();
    Set<String> mine = new HashSet<>();
    session.gapCases().members(gap.key()).forEach(member -> mine.add(member.caseId()));
    for (CaseStore.Answered past : session.cases().latestGiven(OTHERS)) {
      if (!mine.contains(past.row().id())) {
        others.add(new Stored(past.row().id(), past.row().asked(now), past.given()));
      }
    }
    return new Questions(gap, own(session, gap, now), others);
  }

  private static List<Stored> own(Session session, GapRow gap, Instant now) {
    Set<String> seen = new HashSet<>();
    List<Stored> questions = new ArrayList<>();
    for (GapMember member : session.gapCases().latestMembers(gap.key(), ASKED)) {
      if (!member.question().isBlank() && seen.add(member.question())) {
        session
            .cases()
            .find(member.caseId())
            .map(row -> stored(row, now))
            .ifPresent(questions::add);
      }
    }
    return questions;
  }

  private static Stored stored(CaseRow row, Instant now) {
    return new Stored(row.id(), row.asked(now), List.of());
  }

  /** Asks a gap's questions of today's articles. */
  public GapReplay of(Session session, GapRow gap, Instant now) {
    Run run = new Run(gap);
    for (Stored stored : own(session, gap, now)) {
      String article = run.answer(stored.question(), knowledge::match);
      run.add(stored, article, article);
    }
    return run.result(0, List.of());
  }

  /** Asks all of them as if something were changed. */
  public GapReplay of(Questions questions, Supposed supposed) {
    return of(questions, knowledge::match, supposed::match);
  }

  /** Asks all of them of today's articles, and holds that against what there was before. */
  public GapReplay since(Questions questions, Supposed before) {
    return of(questions, before::match, knowledge::match);
  }

  private static GapReplay of(Questions questions, Asking before, Asking after) {
    Run run = new Run(questions.gap());
    for (Stored stored : questions.mine()) {
      String was = run.answer(stored.question(), before);
      run.add(stored, was, run.answer(stored.question(), after));
    }
    List<GapReplay.Harmed> harmed = new ArrayList<>();
    for (Stored other : questions.others()) {
      harmed(other, before, after).ifPresent(harmed::add);
    }
    return run.result(questions.others().size(), harmed);
  }

  /**
   * Before is only looked at where something seems wrong: most questions are far from the change.
   */
  private static Optional<GapReplay.Harmed> harmed(Stored other, Asking asking, Asking changed) {
    Scope scope = Scope.except(other.caseId());
    Matches after = changed.match(other.question(), scope);
    int rank = rank(after, other.given());
    if (rank == 0 && isAnswered(after)) {
      return Optional.empty();
    }
    Matches before = asking.match(other.question(), scope);
    int rankBefore = rank(before, other.given());
    if (!isAnswered(before) || rankBefore >= FIRST || after.degraded() || before.degraded()) {
      return Optional.empty();
    }
    GapReplay.How how = how(isAnswered(after), rank, rankBefore);
    return how == null
        ? Optional.empty()
        : Optional.of(
            new GapReplay.Harmed(
                other.caseId(),
                other.question().text(),
                before.list().get(rankBefore).articleId(),
                isAnswered(after) ? after.list().getFirst().articleId() : null,
                how));
  }

  private static GapReplay.@Nullable How how(boolean answered, int rank, int rankBefore) {
    if (!answered) {
      return GapReplay.How.SILENCED;
    }
    if (rank >= FIRST) {
      return GapReplay.How.PUSHED_OUT;
    }
    return rankBefore == 0 && rank > 0 ? GapReplay.How.OVERTAKEN : null;
  }

  private static boolean isAnswered(Matches matches) {
    return matches.verdict() instanceof Verdict.Answered;
  }

  /** Where the best of some articles stands, from 0; beyond the last when none of them does. */
  private static int rank(Matches matches, List<String> articles) {
    for (int i = 0; i < matches.list().size(); i++) {
      if (articles.contains(matches.list().get(i).articleId())) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Collects what came of a gap's questions. */
  private static final class Run {
    private final GapRow gap;
    private final List<GapReplay.Asked> questions = new ArrayList<>();
    private boolean degraded;

    Run(GapRow gap) {
      this.gap = gap;
    }

    @Nullable String answer(Question question, Asking asking) {
      boolean alone = gap.kind() == Gap.Kind.UNFINDABLE && gap.articleId() != null;
      Matches matches = asking.match(question, alone ? Scope.ARTICLES_ONLY : Scope.ALL);
      degraded |= matches.degraded() || matches.verdict() instanceof Verdict.Unavailable;
      if (alone) {
        String article = Objects.requireNonNull(gap.articleId());
        return UnfindableRule.leadsTo(matches, article) ? article : null;
      }
      return isAnswered(matches)
          ? matches.list().stream().map(Match::articleId).findFirst().orElse(null)
          : null;
    }

    void add(Stored stored, @Nullable String before, @Nullable String after) {
      questions.add(new GapReplay.Asked(stored.caseId(), stored.question().text(), before, after));
    }

    GapReplay result(int others, List<GapReplay.Harmed> harmed) {
      Map<String, Integer> articles = new LinkedHashMap<>();
      List<String> unanswered = new ArrayList<>();
      int before = 0;
      for (GapReplay.Asked one : questions) {
        before += one.before() == null ? 0 : 1;
        if (one.after() == null) {
          unanswered.add(one.question());
        } else {
          articles.merge(one.after(), 1, Integer::sum);
        }
      }
      int answered = questions.size() - unanswered.size();
      return new GapReplay(
          Objects.requireNonNullElse(gap.id(), ""),
          questions.size(),
          answered,
          before,
          !degraded && GapReplay.isEnough(answered, questions.size()),
          degraded,
          byCount(articles),
          unanswered.stream().limit(GapReplay.SHOWN).toList(),
          questions,
          others,
          harmed);
    }

    private static List<String> byCount(Map<String, Integer> articles) {
      return articles.entrySet().stream()
          .sorted(
              Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .toList();
    }
  }
}
