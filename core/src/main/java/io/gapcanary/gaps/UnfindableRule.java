package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Match;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Scope;
import io.gapcanary.kb.Verdict;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GivingStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Optional;

/**
 * The rule of <em>unfindable</em>: agents give an article by hand, and the customers' questions do
 * not lead to it.
 *
 * <p>A question leads to an article when, by title, body and tags alone, something reaches the
 * floor and the article is among the first three. The article is flagged when so many distinct
 * customers were given it in vain search, and the share of cases that do not lead to it exceeds
 * {@code unfindableShare} with the probability {@code unfindableConfidence}, by the same posterior
 * as a repeat rate's.
 *
 * <p>A missing gap whose customers were given that article by hand, several times, was never
 * missing: it becomes this gap under its own id. One whose questions the article answers by now is
 * fixed.
 */
final class UnfindableRule {
  private static final int FIRST = 3;
  private static final int ANSWERS = 2;

  private final KnowledgeBase knowledge;
  private final Grouping grouping;
  private final GapBook book;
  private final Replay replay;
  private final DeskSettings settings;

  UnfindableRule(
      KnowledgeBase knowledge,
      Grouping grouping,
      GapBook book,
      Replay replay,
      DeskSettings settings) {
    this.knowledge = knowledge;
    this.grouping = grouping;
    this.book = book;
    this.replay = replay;
    this.settings = settings;
  }

  Optional<GapRow> signal(Session session, JudgedCase judged) {
    if (judged.own().isEmpty() || !judged.row().asks()) {
      return Optional.empty();
    }
    Matches alone = knowledge.match(judged.row().asked(judged.at()), Scope.ARTICLES_ONLY);
    if (alone.degraded() || alone.verdict() instanceof Verdict.Unavailable) {
      return Optional.empty();
    }
    GapRow found = null;
    for (String article : judged.own()) {
      boolean reached = leadsTo(alone, article);
      session
          .givings()
          .add(article, judged.row().id(), judged.row().customer(), judged.at(), reached);
      noteAnswer(session, judged, article);
      if (!reached) {
        GapRow gap = missed(session, judged, article);
        found = found == null ? gap : found;
      }
      settleMissing(session, article, judged.at());
    }
    return Optional.ofNullable(found);
  }

  /** True when the question alone leads an agent to the article. */
  static boolean leadsTo(Matches alone, String articleId) {
    return alone.verdict() instanceof Verdict.Answered
        && alone.list().stream().limit(FIRST).map(Match::articleId).anyMatch(articleId::equals);
  }

  private void noteAnswer(Session session, JudgedCase judged, String article) {
    Question question = judged.row().asked();
    grouping
        .find(session, question, judged.row().id())
        .ifPresent(group -> session.gaps().answered(group, article, judged.row().id()));
  }

  private GapRow missed(Session session, JudgedCase judged, String article) {
    GapRow gap = book.ofArticle(session, Gap.Kind.UNFINDABLE, article);
    book.join(session, gap, judged.row(), judged.at(), true);
    int customers = session.gaps().size(gap.key()).customers();
    if (!gap.heldBack()
        || customers < settings.minimumArticleCustomers()
        || !flagged(session, article)) {
      return gap;
    }
    return raise(session, gap, article, customers, judged.at());
  }

  private boolean flagged(Session session, String article) {
    GivingStore.Reach reach = session.givings().reach(article);
    return new Posterior(reach.missed(), reach.reached()).exceeds(settings.unfindableShare())
        >= settings.unfindableConfidence();
  }

  /** The oldest missing gap that was this one all along lends its id. */
  private GapRow raise(Session session, GapRow gap, String article, int customers, Instant at) {
    String because =
        "raised: agents gave it by hand to " + customers + " customers who could not be led to it";
    Optional<GapRow> lender =
        session.gaps().answeredBy(article).stream()
            .filter(missing -> !missing.heldBack())
            .filter(missing -> session.gaps().answers(missing.key(), article) >= ANSWERS)
            .findFirst();
    if (lender.isEmpty()) {
      return book.raise(session, gap, at, because);
    }
    GapRow missing = lender.get();
    session.gaps().merge(gap.key(), missing.key());
    session.gaps().turn(missing.key(), Gap.Kind.UNFINDABLE, article);
    session
        .gaps()
        .note(
            missing.key(),
            at,
            GapBook.EVIDENCE,
            "not missing but unfindable: agents give " + article,
            null);
    return session.gaps().get(missing.key());
  }

  /** Missing gaps and held-back subjects that an article answers are not missing. */
  private void settleMissing(Session session, String article, Instant at) {
    for (GapRow missing : session.gaps().answeredBy(article)) {
      if (session.gaps().answers(missing.key(), article) < ANSWERS || !missing.state().live()) {
        continue;
      }
      Optional<GapRow> unfindable =
          session.gaps().findOfArticle(Gap.Kind.UNFINDABLE, article).filter(gap -> !gap.heldBack());
      if (unfindable.isPresent()) {
        session.gaps().merge(missing.key(), unfindable.get().key());
        if (!missing.heldBack()) {
          session
              .gaps()
              .note(
                  unfindable.get().key(), at, GapBook.EVIDENCE, missing.id() + " joined it", null);
        }
      } else if (replay.passes(session, missing, at)) {
        book.verify(session, missing, at, "verified: " + article + " answers its questions");
      }
    }
  }
}
