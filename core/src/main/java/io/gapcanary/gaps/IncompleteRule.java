package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.RepeatRate;
import io.gapcanary.Share;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.CaseStore;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GivingStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The rule of <em>incomplete</em>: customers come back after an article, more than can be chance.
 *
 * <p>Each case of a known customer that gave the article is a trial; it is a hit when the customer
 * came back about the same subject within the window. A case that reconnects to another belongs to
 * that one's trial. Expected is the rate {@code e} of the other articles, those known to be
 * incomplete left out, shrunk to the prior: {@code (R + k·p) ÷ (N + k)}, where {@code R} of {@code
 * N} are their sums, {@code p} the prior rate and {@code k} the cases that it is worth; times the
 * subject's {@link Difficulty}.
 *
 * <p>With {@code r} hits in {@code n} trials the article's rate has the posterior Beta(r + 4e, n −
 * r + 4(1 − e)). It is flagged when at least {@code incompleteCustomers} distinct customers came
 * back and the posterior probability that its rate exceeds {@code max(e × incompleteRatio, e +
 * incompleteMargin)} is at least {@code incompleteConfidence}. It is looked at after every return,
 * so that the confidence must bear repeated looks: with the defaults, an article as good as the
 * rest (10 % against 8.5 % expected, up to 100 trials) was flagged in 37 of 30,000 simulated lives;
 * one that 42 % come back after in 84 % within 30 trials and 98 % within 50, after 8 returns.
 *
 * <p>Trials of an earlier edition of the article say nothing of the present one. The flag is taken
 * back when the present edition has had ten trials and exceeds that limit with a probability of a
 * tenth at most.
 */
final class IncompleteRule {
  /**
   * What an article is taken to be before its trials: as good as the rest, by so many cases' worth.
   */
  private static final double PRIOR = 4;

  private static final int TRIALS_TO_VERIFY = 10;
  private static final double DOUBT_TO_VERIFY = 0.1;

  private final GapBook book;
  private final DeskSettings settings;

  IncompleteRule(GapBook book, DeskSettings settings) {
    this.book = book;
    this.settings = settings;
  }

  /** Hears of a case that repeats another: every article given there gets a hit. */
  Optional<GapRow> signal(Session session, JudgedCase judged) {
    GapRow found = null;
    if (judged.repeatOf() != null) {
      for (CaseStore.Given given : session.cases().given(judged.repeatOf())) {
        String by = judged.row().id();
        if (session.givings().returned(given.articleId(), given.origin(), by)) {
          GapRow gap = returned(session, judged.row(), judged.at(), given.articleId());
          found = found == null ? gap : found;
        }
      }
    }
    for (String article : judged.own()) {
      session
          .gaps()
          .findOfArticle(Gap.Kind.INCOMPLETE, article)
          .ifPresent(gap -> verify(session, gap, article, judged.at()));
    }
    return Optional.ofNullable(found);
  }

  private GapRow returned(Session session, CaseRow row, Instant at, String articleId) {
    GapRow gap = book.ofArticle(session, Gap.Kind.INCOMPLETE, articleId);
    book.join(session, gap, row, at, true);
    GivingStore.Returns returns = session.givings().returns(articleId);
    if (!gap.heldBack()
        || session.givings().returnedCustomers(articleId) < settings.incompleteCustomers()
        || exceeds(session, articleId) < settings.incompleteConfidence()) {
      return gap;
    }
    return book.raise(
        session, gap, at, Map.of("returned", returns.returned(), "given", returns.given()));
  }

  private void verify(Session session, GapRow gap, String articleId, Instant at) {
    GivingStore.Returns returns = session.givings().returns(articleId);
    if (!gap.heldBack()
        && gap.state().live()
        && returns.given() >= TRIALS_TO_VERIFY
        && exceeds(session, articleId) <= DOUBT_TO_VERIFY) {
      book.verify(
          session,
          gap,
          at,
          "returns",
          Map.of("returned", returns.returned(), "given", returns.given()));
    }
  }

  private double exceeds(Session session, String articleId) {
    GivingStore.Returns mine = session.givings().returns(articleId);
    double expected = expected(session, articleId);
    double limit =
        Math.max(expected * settings.incompleteRatio(), expected + settings.incompleteMargin());
    return Posterior.from(expected, PRIOR, mine.returned(), mine.given() - mine.returned())
        .exceeds(limit);
  }

  private double expected(Session session, String articleId) {
    return ofSubject(session, articleId, expected(session.givings().otherReturns(articleId)));
  }

  private static double ofSubject(Session session, String articleId, double expected) {
    Share desk = session.returns().unaided();
    return desk.whole() == 0
        ? expected
        : expected * Difficulty.of(session.returns().unaided(articleId), desk, expected);
  }

  private double expected(GivingStore.Returns others) {
    double prior = settings.priorCases();
    return (others.returned() + prior * settings.priorRepeatRate()) / (others.given() + prior);
  }

  /** What is expected of an article whose own sums are these. */
  interface Expectation {
    double of(String articleId, GivingStore.Returns mine);
  }

  /** The same as for one article, for many at once. */
  Expectation expectation(Session session) {
    GivingStore.Returns desk = session.givings().ofDesk();
    Map<String, GivingStore.Returns> incomplete = session.givings().incomplete();
    int given = incomplete.values().stream().mapToInt(GivingStore.Returns::given).sum();
    int returned = incomplete.values().stream().mapToInt(GivingStore.Returns::returned).sum();
    return (articleId, mine) -> {
      boolean counted = incomplete.containsKey(articleId);
      double rest =
          expected(
              new GivingStore.Returns(
                  Math.max(0, desk.given() - given - (counted ? 0 : mine.given())),
                  Math.max(0, desk.returned() - returned - (counted ? 0 : mine.returned()))));
      return mine.returned() == 0 ? rest : ofSubject(session, articleId, rest);
    };
  }

  /** An article's repeat rate, for people. */
  RepeatRate rate(Session session, String articleId) {
    GivingStore.Returns mine = session.givings().returns(articleId);
    Posterior posterior = new Posterior(mine.returned(), mine.given() - mine.returned());
    return new RepeatRate(
        mine.given(),
        mine.returned(),
        mine.given() == 0 ? 0 : Rounded.to4((double) mine.returned() / mine.given()),
        Rounded.to4(posterior.low()),
        Rounded.to4(posterior.high()),
        Rounded.to4(expected(session, articleId)));
  }
}
