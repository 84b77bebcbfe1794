package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.Gap.Event.What;
import io.gapcanary.GapReplay;
import io.gapcanary.RepeatRate;
import io.gapcanary.cases.JudgedCase;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Neighbour;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns closed cases into gaps, and changed articles into proof that gaps are fixed. */
public final class GapRules {
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofDays(1);

  private final KnowledgeBase knowledge;
  private final GapBook book;
  private final Supplier<DeskSettings> settings;
  private final Replay replay;
  private final MissingRule missing;
  private final OtherArticleRule otherArticle;
  private final IncompleteRule incomplete;
  private final UnfindableRule unfindable;

  /** The rules under these settings. */
  public GapRules(
      KnowledgeBase knowledge, Grouping grouping, Replay replay, Supplier<DeskSettings> settings) {
    this.knowledge = knowledge;
    this.replay = replay;
    this.settings = settings;
    this.book = new GapBook(new GapTitle(knowledge));
    this.missing =
        new MissingRule(grouping, new Regrouping(knowledge, book, settings), book, settings);
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
    Rises.look(session, judged);
    settle(session, judged.at());
    return Stream.of(none, other, notFound, repeated)
        .flatMap(Optional::stream)
        .map(gap -> session.gaps().get(gap.key()))
        .flatMap(gap -> GapBook.visibleId(gap).stream())
        .findFirst();
  }

  /** Where a case that is open still would count, were it closed now. Changes nothing. */
  public Optional<Joining> wouldJoin(Session session, JudgedCase judged) {
    return missing.wouldJoin(session, judged).or(() -> otherArticle.wouldJoin(session, judged));
  }

  /**
   * Holds gaps back again that too few customers are left to raise, and that nobody has decided
   * anything about.
   */
  public void holdBack(Session session, Collection<Long> keys, Instant at) {
    for (long key : keys) {
      Optional<GapRow> gap = session.gaps().find(key).filter(one -> !one.heldBack());
      if (gap.isPresent()) {
        int enough = enough(gap.get().kind());
        int customers = session.gapSizes().strongCustomers(key, enough);
        if (customers < enough && session.gaps().holdBack(key)) {
          GapBook.note(session, gap.get(), at, What.WITHDRAWN, Map.of("customers", customers));
        }
      }
    }
  }

  private int enough(Gap.Kind kind) {
    return switch (kind) {
      case MISSING -> settings.get().minimumCustomers();
      case SUPERSEDED, UNFINDABLE, UNTRANSLATED -> settings.get().minimumArticleCustomers();
      case INCOMPLETE -> settings.get().incompleteCustomers();
    };
  }

  /** Takes back what a case showed, before it is judged again. */
  public void withdraw(Session session, String caseId) {
    session.gapCases().withdraw(caseId);
    session.givings().notReturned(caseId);
  }

  /** The gaps whose questions a new or changed article may answer. */
  public List<GapRow> concerned(Session session, Article article, Instant at) {
    Set<Long> keys = new LinkedHashSet<>();
    for (Gap.Kind kind : Gap.Kind.values()) {
      session.gaps().findOfArticle(kind, article.id()).map(GapRow::key).ifPresent(keys::add);
    }
    Question like =
        new Question(
            article.title(), article.language(), article.applicability().product(), null, at);
    for (Neighbour near : knowledge.neighbours(like, 20)) {
      session.gapCases().findMissing(near.id()).ifPresent(keys::add);
    }
    keys.addAll(waitingForOtherEditions(session));
    return keys.stream().map(session.gaps()::get).filter(GapRules::provedByReplay).toList();
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

  /** True when an article that came or changed is by itself what answers a gap's questions. */
  public static boolean isProof(GapReplay result, String articleId) {
    return result.passes() && result.articles().stream().limit(1).anyMatch(articleId::equals);
  }

  /**
   * Takes in what came of a gap's questions since an article came or changed: enough of them are
   * answered by it to believe that the remedy is there, or some more than before.
   */
  public void answered(
      Session session, GapRow asked, String articleId, GapReplay result, Instant at) {
    Optional<GapRow> gap =
        session.gaps().find(asked.key()).filter(GapRules::provedByReplay).filter(g -> !g.merged());
    if (gap.isPresent()) {
      if (isProof(result, articleId)) {
        believe(session, gap.get(), at);
      }
      replayed(session, gap.get(), result, at);
    }
  }

  /** Somebody says that a gap's remedy is there: what came of its questions says more. */
  public void published(Session session, GapRow gap, @Nullable GapReplay result, Instant at) {
    session.gaps().setPublishedAt(gap.key(), at);
    if (result != null) {
      replayed(session, gap, result, at);
    }
  }

  private static void replayed(Session session, GapRow gap, GapReplay result, Instant at) {
    GapBook.note(session, gap, at, What.REPLAYED, told(result));
    session.gapProofs().keep(gap.key(), at, result);
  }

  /** True when a gap's questions say whether its remedy is there. */
  public static boolean provedByReplay(GapRow gap) {
    return gap.kind() != Gap.Kind.INCOMPLETE
        && gap.remedy() == Gap.Remedy.ARTICLE
        && !gap.heldBack()
        && gap.state().live();
  }

  /** A replay that passes says that the remedy is there; whether it cures, the misses say. */
  private static void believe(Session session, GapRow gap, Instant at) {
    if (gap.state() != Gap.State.PUBLISHED) {
      session.gaps().change(gap.key(), Gap.State.PUBLISHED, gap.owner(), null);
      session.gaps().setPublishedAt(gap.key(), at);
    }
  }

  private static Map<String, Object> told(GapReplay result) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("answered", result.answered());
    details.put("asked", result.asked());
    result.articles().stream().limit(1).forEach(article -> details.put("article", article));
    if (result.others() > 0) {
      details.put("others", result.others());
      details.put("harmed", result.harmed().size());
    }
    if (result.degraded()) {
      details.put("degraded", 1);
    }
    return details;
  }

  /** Verifies the gaps whose remedy is there and whose misses have stopped. */
  private void settle(Session session, Instant at) {
    for (GapRow gap : session.gaps().published()) {
      boolean byRate = gap.kind() == Gap.Kind.INCOMPLETE && gap.remedy() == Gap.Remedy.ARTICLE;
      if (provedByReplay(gap) && !session.gapHistory().relapsed(gap.key())) {
        settleAnswered(session, gap, at);
      } else if (!byRate) {
        settleQuiet(session, gap, at);
      }
    }
  }

  /** That questions are answered is proof when nobody has missed the gap for a while. */
  private void settleAnswered(Session session, GapRow gap, Instant at) {
    Duration quiet = Quiet.since(session, gap, at);
    if (quiet.compareTo(settings.get().verifiedAfter()) >= 0) {
      passing(session, gap, at)
          .ifPresent(
              result -> {
                Map<String, Object> details = told(result);
                details.put("days", (int) quiet.toDays());
                book.verify(session, gap, at, "replay", details);
              });
    }
  }

  /** Where nothing can be asked, or it was answered in vain before, quiet itself must be proof. */
  private void settleQuiet(Session session, GapRow gap, Instant at) {
    Optional<Duration> quiet = Quiet.of(session, gap, at);
    if (quiet.isPresent() && (!provedByReplay(gap) || passing(session, gap, at).isPresent())) {
      book.verify(session, gap, at, "quiet", Map.of("days", (int) quiet.get().toDays()));
    }
  }

  /** Asks a quiet gap's questions again, once a day: many gaps may be quiet at every event. */
  private Optional<GapReplay> passing(Session session, GapRow gap, Instant at) {
    Instant last = session.gaps().replayedAt(gap.key()).orElse(Instant.MIN);
    if (at.minus(ASKED_AGAIN_AFTER).isBefore(last)) {
      return Optional.empty();
    }
    session.gaps().setReplayedAt(gap.key(), at);
    return Optional.of(replay.of(session, gap, at)).filter(GapReplay::passes);
  }

  /** Finds a gap the title that suits its cases now. */
  public void retitle(Session session, GapRow gap) {
    book.retitle(session, gap);
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
