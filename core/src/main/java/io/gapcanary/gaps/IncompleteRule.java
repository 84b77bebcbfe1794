package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.Gap.Event.What;
import io.gapcanary.RepeatRate;
import io.gapcanary.Share;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GivingStore;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rule of <em>incomplete</em>: customers come back after an article, more than can be chance.
 *
 * <p>Each case of a known customer that gave the article is a trial; it is a hit when the customer
 * came back about the same subject within the window. A case that reconnects to another belongs to
 * that one's trial, and so does one in which a customer who came back was given the article again:
 * a chain counts once. A trial whose window is not over yet counts by the square root of the share
 * of the window that is over, for those who come back mostly do so early. Expected is the {@link
 * UsualReturns usual} rate {@code e} of the other articles, times the subject's {@link Difficulty}.
 *
 * <p>An article is flagged when at least {@code incompleteCustomers} distinct customers came back
 * and two probabilities are at least {@code incompleteConfidence}: that it is one of the incomplete
 * {@link TwoGroups group}, and, with {@code r} hits in {@code n} trials and by the posterior Beta(r
 * + 5e, n − r + 5(1 − e)), that its rate exceeds {@code max(e × incompleteRatio, e +
 * incompleteMargin)}. It is looked at after every return, so that the confidence must bear repeated
 * looks; docs/decisions has how often it errs.
 *
 * <p>When more cases make it likelier than not that the article is a usual one after all, the gap
 * is taken back, unless a person has done anything about it.
 *
 * <p>Trials of an earlier edition of the article say nothing of the present one. The gap is
 * verified when the present edition has had ten trials and exceeds that limit with a probability of
 * a tenth at most; it is opened again when that edition is flagged.
 */
final class IncompleteRule {
  /**
   * What an article is taken to be before its trials: as good as the rest, by so many cases' worth.
   */
  private static final double PRIOR = 5;

  private static final int TRIALS_TO_VERIFY = 10;
  private static final double DOUBT_TO_VERIFY = 0.1;
  private static final double DOUBT_TO_WITHDRAW = 0.5;

  private final GapBook book;
  private final Supplier<DeskSettings> settings;
  private volatile @Nullable Told told;

  /** What was usual when the desk's sums were these. */
  private record Told(
      GivingStore.Returns desk,
      Set<String> incomplete,
      DeskSettings settings,
      UsualReturns usual) {}

  IncompleteRule(GapBook book, Supplier<DeskSettings> settings) {
    this.book = book;
    this.settings = settings;
  }

  /** Hears of a case that repeats another: every article given there gets a hit. */
  Optional<GapRow> signal(Session session, JudgedCase judged) {
    GapRow found = null;
    if (judged.repeatOf() != null) {
      for (LinkStore.Given given : session.links().given(judged.repeatOf())) {
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
          .ifPresent(gap -> lookAgain(session, gap, article, judged.at()));
    }
    return Optional.ofNullable(found);
  }

  private GapRow returned(Session session, CaseRow row, Instant at, String articleId) {
    GapRow gap = book.ofArticle(session, Gap.Kind.INCOMPLETE, articleId);
    book.join(session, gap, row, at, true);
    if (gap.heldBack() && flagged(session, articleId, at)) {
      return book.raise(session, gap, at, counted(session, articleId));
    }
    if (gap.state() == Gap.State.VERIFIED && !gap.heldBack()) {
      relapse(session, gap, articleId, at);
    }
    return session.gaps().get(gap.key());
  }

  /**
   * What an edition proved is disproved by the same evidence as any article's; what was proved
   * without one, by customers who come back since.
   */
  private void relapse(Session session, GapRow gap, String articleId, Instant at) {
    if (!changedSince(session, gap)) {
      GapBook.reopenWhenMissed(session, gap, at);
    } else if (flagged(session, articleId, at)) {
      GapBook.reopen(session, gap, at, counted(session, articleId));
    }
  }

  private boolean flagged(Session session, String articleId, Instant at) {
    return session.givings().returnedCustomers(articleId) >= settings.get().incompleteCustomers()
        && weigh(session, articleId, known(session, at)).sure()
            >= settings.get().incompleteConfidence();
  }

  private static Map<String, Object> counted(Session session, String articleId) {
    GivingStore.Returns chains = session.givings().tally(articleId).chains();
    return Map.of("returned", chains.returned(), "given", chains.given());
  }

  /** More cases gave the article: they may clear it. */
  private void lookAgain(Session session, GapRow gap, String articleId, Instant at) {
    if (gap.heldBack() || !gap.state().live()) {
      return;
    }
    int trials = session.givings().tally(articleId).chains().given();
    Weighed weighed = weigh(session, articleId, known(session, at));
    if (!changedSince(session, gap)
        && weighed.incomplete <= DOUBT_TO_WITHDRAW
        && session.gaps().holdBack(gap.key())) {
      GapBook.note(session, gap, at, What.WITHDRAWN, counted(session, articleId));
    } else if (trials >= TRIALS_TO_VERIFY && weighed.exceeds <= DOUBT_TO_VERIFY) {
      book.verify(session, gap, at, "returns", counted(session, articleId));
    }
  }

  /** The article is another one now than it was when the gap was raised. */
  private static boolean changedSince(Session session, GapRow gap) {
    return session
        .articles()
        .editionAt(Objects.requireNonNull(gap.articleId()))
        .filter(edition -> !edition.isBefore(Objects.requireNonNull(gap.detectedAt())))
        .isPresent();
  }

  /** A case of the past may come late: all that is known by now counts beside it. */
  private static Instant known(Session session, Instant at) {
    return session.meta().findAsOf().filter(asOf -> asOf.isAfter(at)).orElse(at);
  }

  /**
   * What an article's trials say.
   *
   * @param incomplete the probability that it is one of the incomplete
   * @param exceeds the probability that its rate exceeds the limit
   */
  private record Weighed(double incomplete, double exceeds) {
    double sure() {
      return Math.min(incomplete, exceeds);
    }
  }

  private Weighed weigh(Session session, String articleId, Instant at) {
    GivingStore.Returns mine = session.givings().tally(articleId).chains();
    double trials = mine.given() - undecided(session, articleId, at);
    double misses = Math.max(0, trials - mine.returned());
    UsualReturns usual =
        UsualReturns.of(session.givings(), GivingStore.Over.CHAINS, settings.get());
    double expected = expectation(session, usual).of(articleId, mine);
    double limit =
        Math.max(
            expected * settings.get().incompleteRatio(),
            expected + settings.get().incompleteMargin());
    TwoGroups groups =
        TwoGroups.of(session.givings().chains(), mine, usual.without(articleId, mine));
    return new Weighed(
        groups.incomplete(mine.returned(), misses, expected),
        Posterior.from(expected, PRIOR, mine.returned(), misses).exceeds(limit));
  }

  /** How many trials' worth is still to come: customers who have not had the time to come back. */
  private double undecided(Session session, String articleId, Instant at) {
    double window = settings.get().repeatWindow().toMillis();
    return session.givings().waiting(articleId, at.minus(settings.get().repeatWindow())).stream()
        .mapToDouble(given -> Duration.between(given, at).toMillis() / window)
        .map(over -> 1 - Math.sqrt(Math.clamp(over, 0, 1)))
        .sum();
  }

  private static double ofSubject(Session session, String articleId, double expected) {
    Share desk = session.returns().unaided();
    return desk.whole() == 0
        ? expected
        : expected * Difficulty.of(session.returns().unaided(articleId), desk, expected);
  }

  /** What is expected of an article whose own sums are these. */
  interface Expectation {
    double of(String articleId, GivingStore.Returns mine);
  }

  /** What is expected of any article, over all its givings, as people read them. */
  Expectation expectation(Session session) {
    return expectation(session, ofGivings(session));
  }

  private static Expectation expectation(Session session, UsualReturns usual) {
    return (articleId, mine) -> {
      double rest = usual.without(articleId, mine);
      return mine.returned() == 0 ? rest : ofSubject(session, articleId, rest);
    };
  }

  /** An article's repeat rate, for people. */
  RepeatRate rate(Session session, String articleId) {
    return rate(session, articleId, expectation(session, usual(session)));
  }

  private UsualReturns ofGivings(Session session) {
    return UsualReturns.of(session.givings(), GivingStore.Over.GIVINGS, settings.get());
  }

  /** Summed up again only when the desk's sums have changed: a live conversation asks for it. */
  private UsualReturns usual(Session session) {
    GivingStore.Returns desk = session.givings().tally().givings();
    Set<String> incomplete = session.givings().incomplete();
    Told before = told;
    if (before != null
        && before.desk().equals(desk)
        && before.incomplete().equals(incomplete)
        && before.settings().equals(settings.get())) {
      return before.usual();
    }
    UsualReturns usual = ofGivings(session);
    told = new Told(desk, incomplete, settings.get(), usual);
    return usual;
  }

  /** The same for one of many, all against what is expected now. */
  static RepeatRate rate(Session session, String articleId, Expectation expectation) {
    GivingStore.Returns mine = session.givings().returns(articleId);
    Posterior posterior = new Posterior(mine.returned(), mine.given() - mine.returned());
    return new RepeatRate(
        mine.given(),
        mine.returned(),
        mine.given() == 0 ? 0 : Rounded.to4((double) mine.returned() / mine.given()),
        Rounded.to4(posterior.low()),
        Rounded.to4(posterior.high()),
        Rounded.to4(expectation.of(articleId, mine)));
  }
}
