package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.GapReplay;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Match;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Scope;
import io.gapcanary.kb.Verdict;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GapStore;
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

/**
 * Asks a gap's stored questions again of today's articles.
 *
 * <p>Unfindable gaps are asked without learned wordings, and of their own article: that agents know
 * a way proves nothing.
 */
public final class Replay {
  /** The latest questions are asked, no more than these. */
  private static final int ASKED = 20;

  /** This share of them must be answered to prove a gap fixed. */
  private static final double ENOUGH = 0.8;

  private static final int SHOWN = 10;

  private final KnowledgeBase knowledge;

  /** Asks the knowledge base. */
  public Replay(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /** Asks all of them and tells what came of it. */
  public GapReplay of(Session session, GapRow gap, Instant now) {
    List<String> unanswered = new ArrayList<>();
    Map<String, Integer> articles = new LinkedHashMap<>();
    int asked = 0;
    for (Question question : questions(session, gap, now)) {
      asked++;
      Optional<String> article = answer(gap, question);
      if (article.isPresent()) {
        articles.merge(article.get(), 1, Integer::sum);
      } else {
        unanswered.add(question.text());
      }
    }
    return new GapReplay(
        Objects.requireNonNullElse(gap.id(), ""),
        asked,
        asked - unanswered.size(),
        articles.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList(),
        unanswered.stream().limit(SHOWN).toList());
  }

  /** True when enough of them are answered now. */
  boolean passes(Session session, GapRow gap, Instant now) {
    GapReplay result = of(session, gap, now);
    return result.asked() > 0 && result.answered() >= ENOUGH * result.asked();
  }

  /** Likewise, and it is this article that answers most of them. */
  boolean passes(Session session, GapRow gap, String articleId, Instant now) {
    GapReplay result = of(session, gap, now);
    return result.asked() > 0
        && result.answered() >= ENOUGH * result.asked()
        && result.articles().stream().limit(1).anyMatch(articleId::equals);
  }

  private static List<Question> questions(Session session, GapRow gap, Instant now) {
    Set<String> seen = new HashSet<>();
    List<Question> questions = new ArrayList<>();
    for (GapStore.Member member : session.gaps().latestMembers(gap.key(), ASKED)) {
      if (seen.add(member.question())) {
        session
            .cases()
            .find(member.caseId())
            .map(CaseRow::asked)
            .map(q -> at(q, now))
            .ifPresent(questions::add);
      }
    }
    return questions;
  }

  private static Question at(Question question, Instant now) {
    return new Question(
        question.text(), question.language(), question.product(), question.version(), now);
  }

  private Optional<String> answer(GapRow gap, Question question) {
    if (gap.kind() == Gap.Kind.UNFINDABLE && gap.articleId() != null) {
      Matches alone = knowledge.match(question, Scope.ARTICLES_ONLY);
      return UnfindableRule.leadsTo(alone, gap.articleId())
          ? Optional.of(gap.articleId())
          : Optional.empty();
    }
    Matches matches = knowledge.match(question, Scope.ALL);
    return matches.verdict() instanceof Verdict.Answered
        ? matches.list().stream().map(Match::articleId).findFirst()
        : Optional.empty();
  }
}
