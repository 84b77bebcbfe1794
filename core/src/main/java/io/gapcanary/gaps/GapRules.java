package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.RepeatRate;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Neighbour;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Turns closed cases into gaps, and changed articles into proof that gaps are fixed. */
public final class GapRules {
  private final KnowledgeBase knowledge;
  private final GapBook book;
  private final Replay replay;
  private final MissingRule missing;
  private final OtherArticleRule otherArticle;
  private final IncompleteRule incomplete;
  private final UnfindableRule unfindable;

  /** The rules under these settings. */
  public GapRules(
      KnowledgeBase knowledge, Grouping grouping, Replay replay, DeskSettings settings) {
    this.knowledge = knowledge;
    this.replay = replay;
    this.book = new GapBook(new GapTitle(knowledge));
    this.missing = new MissingRule(grouping, new Consolidation(book, settings), book, settings);
    this.otherArticle = new OtherArticleRule(book, settings);
    this.incomplete = new IncompleteRule(book, settings);
    this.unfindable = new UnfindableRule(knowledge, grouping, book, settings);
  }

  /**
   * Takes in what a closed case shows.
   *
   * @return the id of the gap that it counts in; of several the one that says most about it
   */
  public Optional<String> signal(Session session, JudgedCase judged) {
    Optional<GapRow> none = missing.signal(session, judged);
    Optional<GapRow> other = otherArticle.signal(session, judged);
    Optional<GapRow> notFound = unfindable.signal(session, judged);
    Optional<GapRow> repeated = incomplete.signal(session, judged);
    return Stream.of(none, other, notFound, repeated)
        .flatMap(Optional::stream)
        .map(gap -> session.gaps().get(gap.key()))
        .flatMap(gap -> GapBook.visibleId(gap).stream())
        .findFirst();
  }

  /** Takes back what a case showed, before it is judged again. */
  public void withdraw(Session session, String caseId) {
    session.gaps().withdraw(caseId);
    session.givings().notReturned(caseId);
  }

  /** Asks the questions of gaps again that a new or changed article may answer. */
  public void articleChanged(Session session, Article article, Instant at) {
    Set<Long> keys = new LinkedHashSet<>();
    for (Gap.Kind kind : Gap.Kind.values()) {
      session.gaps().findOfArticle(kind, article.id()).map(GapRow::key).ifPresent(keys::add);
    }
    Question like =
        new Question(
            article.title(), article.language(), article.applicability().product(), null, at);
    for (Neighbour near : knowledge.neighbours(like, 20)) {
      session.gaps().findMissing(near.id()).ifPresent(keys::add);
    }
    keys.addAll(waitingForOtherEditions(session));
    keys.forEach(key -> prove(session, session.gaps().get(key), article.id(), at));
  }

  /** A new article may cover the version or the language that another one lacks. */
  private static Set<Long> waitingForOtherEditions(Session session) {
    Set<Long> keys = new LinkedHashSet<>();
    session.gaps().numbered().stream()
        .filter(gap -> gap.kind() == Gap.Kind.SUPERSEDED || gap.kind() == Gap.Kind.UNTRANSLATED)
        .filter(gap -> gap.state().live())
        .limit(200)
        .forEach(gap -> keys.add(gap.key()));
    return keys;
  }

  /** What was published must itself be what answers. */
  private void prove(Session session, GapRow gap, String articleId, Instant at) {
    boolean byReplay = gap.kind() != Gap.Kind.INCOMPLETE;
    if (byReplay
        && !gap.heldBack()
        && gap.state().live()
        && replay.passes(session, gap, articleId, at)) {
      book.verify(session, gap, at, "verified: its questions are answered now");
    }
  }

  /** What is expected of articles. */
  IncompleteRule.Expectation expectation(Session session) {
    return incomplete.expectation(session);
  }

  /** An article's repeat rate, for people. */
  public RepeatRate repeatRate(Session session, String articleId) {
    return incomplete.rate(session, articleId);
  }
}
