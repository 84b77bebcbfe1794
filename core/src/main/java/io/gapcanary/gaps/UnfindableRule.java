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
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.GivingStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rule of <em>unfindable</em>: agents give an article by hand, and the customers' questions do
 * not lead to it.
 *
 * <p>By title, body and tags alone a question leads to an article when the article is among the
 * first five, and not with next to no probability. The article is flagged when so many distinct
 * customers were given it in vain search, and the share of cases that do not lead to it exceeds
 * {@code unfindableShare} with the probability {@code unfindableConfidence}, by the same posterior
 * as a repeat rate's.
 *
 * <p>A missing gap is none when agents give one article by hand to most customers who ask for its
 * subject, by the same posterior. It becomes the article's unfindable gap, under the older id of
 * the two, or when the article is not unfindable it is verified.
 */
final class UnfindableRule {
  private static final int FIRST = 3;

  /** A match less probable than this is there only because nothing else is. */
  private static final double HARDLY = 0.02;

  /** An agent who is not content with what is suggested looks at so many. */
  private static final int LOOKED_AT = 5;

  private static final int ANSWERS = 2;
  private static final double SURE = 0.9;

  /** Questions that are compared with each other. */
  private static final int COMPARED = 8;

  /** The mean probability, of all pairs of questions, that they ask the same. */
  private static final double ALIKE = 0.15;

  private final KnowledgeBase knowledge;
  private final Grouping grouping;
  private final GapBook book;
  private final Supplier<DeskSettings> settings;

  UnfindableRule(
      KnowledgeBase knowledge, Grouping grouping, GapBook book, Supplier<DeskSettings> settings) {
    this.knowledge = knowledge;
    this.grouping = grouping;
    this.book = book;
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
      boolean reached = mightLeadTo(alone, article);
      session
          .givings()
          .add(article, judged.row().id(), judged.row().customer(), judged.at(), reached);
      if (!reached) {
        noteAnswer(session, judged, article);
        GapRow gap = missed(session, judged, article);
        found = found == null ? gap : found;
      }
      settleMissing(session, article, judged.at());
    }
    return Optional.ofNullable(found);
  }

  /** True when an agent who reads the first few matches would see the article. */
  private static boolean mightLeadTo(Matches alone, String articleId) {
    return alone.list().stream()
        .limit(LOOKED_AT)
        .anyMatch(match -> match.articleId().equals(articleId) && match.probability() >= HARDLY);
  }

  private static boolean isAmongFirst(Matches alone, String articleId) {
    return alone.list().stream().limit(FIRST).map(Match::articleId).anyMatch(articleId::equals);
  }

  /**
   * True when the question alone leads an agent to the article beyond doubt: proof that it is
   * fixed.
   */
  static boolean leadsTo(Matches alone, String articleId) {
    return alone.verdict() instanceof Verdict.Answered && isAmongFirst(alone, articleId);
  }

  private void noteAnswer(Session session, JudgedCase judged, String article) {
    Question question = judged.row().asked();
    grouping
        .find(session, question, judged.row().id())
        .ifPresent(group -> session.gapAnswers().answered(group, article, judged.row().id()));
  }

  private GapRow missed(Session session, JudgedCase judged, String article) {
    GapRow gap = book.ofArticle(session, Gap.Kind.UNFINDABLE, article);
    book.join(session, gap, judged.row(), judged.at(), true);
    int enough = settings.get().minimumArticleCustomers();
    if (!gap.heldBack()
        || session.gapSizes().strongCustomers(gap.key(), enough) < enough
        || !flagged(session, article)
        || !areOneSubject(session, gap)) {
      return gap;
    }
    return raise(session, gap, article, judged.at());
  }

  /**
   * True when the questions resemble each other. An article that agents give with every other
   * answer (how to find the log, how to start in safe mode) has no wordings of its own to be added.
   */
  private boolean areOneSubject(Session session, GapRow gap) {
    List<Question> questions =
        session.gapCases().latestMembers(gap.key(), COMPARED).stream()
            .map(GapMember::question)
            .filter(text -> !text.isBlank())
            .map(text -> Question.of(text, Instant.EPOCH))
            .toList();
    double alike = 0;
    int pairs = 0;
    for (int i = 0; i < questions.size(); i++) {
      for (int j = i + 1; j < questions.size(); j++) {
        alike += knowledge.sameSubject(questions.get(i), questions.get(j));
        pairs++;
      }
    }
    return pairs > 0 && alike / pairs >= ALIKE;
  }

  private boolean flagged(Session session, String article) {
    GivingStore.Reach reach = session.givings().reach(article);
    return new Posterior(reach.missed(), reach.reached()).exceeds(settings.get().unfindableShare())
        >= settings.get().unfindableConfidence();
  }

  private GapRow raise(Session session, GapRow gap, String article, Instant at) {
    GapRow raised = book.raise(session, gap, at, GapBook.customers(session, gap));
    return session.gaps().findOfArticle(Gap.Kind.UNFINDABLE, article).orElse(raised);
  }

  /**
   * Missing gaps and held-back subjects for which agents mostly give an article are not missing.
   */
  private void settleMissing(Session session, String article, Instant at) {
    for (GapRow missing : session.gapAnswers().answeredBy(article)) {
      if (!missing.state().live() || !mostlyAnswered(session, missing, article)) {
        continue;
      }
      Optional<GapRow> unfindable =
          session
              .gaps()
              .findOfArticle(Gap.Kind.UNFINDABLE, article)
              .filter(gap -> !gap.heldBack() && GapMerging.agree(gap, missing));
      if (unfindable.isPresent()) {
        becomeOne(session, missing, unfindable.get(), article, at);
      } else if (missing.heldBack()) {
        book.verify(session, missing, at, "agents", Map.of("article", article));
      } else if (missing.state() != Gap.State.PUBLISHED) {
        believe(session, missing, article, at);
      }
    }
  }

  /**
   * That agents give an article says that the remedy is there; whether it cures, the misses say.
   */
  private static void believe(Session session, GapRow missing, String article, Instant at) {
    session.gaps().change(missing.key(), Gap.State.PUBLISHED, missing.owner(), null);
    session.gaps().setPublishedAt(missing.key(), at);
    GapBook.note(
        session,
        missing,
        at,
        Gap.Event.What.STATE,
        Map.of(
            "from",
            missing.state().wireName(),
            "to",
            Gap.State.PUBLISHED.wireName(),
            "article",
            article));
  }

  private static boolean mostlyAnswered(Session session, GapRow missing, String article) {
    int answers = session.gapAnswers().answers(missing.key(), article);
    if (answers < ANSWERS) {
      return false;
    }
    // As many misses as answers are no majority, so that more need not be counted.
    int misses = session.gapSizes().strongCustomers(missing.key(), answers);
    return new Posterior(answers, misses).exceeds(0.5) >= SURE;
  }

  /** The older of the two lends its id. */
  private static void becomeOne(
      Session session, GapRow missing, GapRow unfindable, String article, Instant at) {
    boolean missingIsOlder =
        missing.number() != null
            && unfindable.number() != null
            && missing.number() < unfindable.number();
    GapRow into = missingIsOlder ? missing : unfindable;
    GapRow from = missingIsOlder ? unfindable : missing;
    session.gapMerges().merge(from.key(), into.key());
    if (GapMerging.decided(from)) {
      GapMerging.takeOver(session, from, into);
    }
    if (missingIsOlder) {
      session.gaps().turn(into.key(), Gap.Kind.UNFINDABLE, article);
    }
    if (!from.heldBack()) {
      GapBook.note(session, into, at, Gap.Event.What.MERGED, GapMerging.details(from));
    }
    if (missingIsOlder) {
      GapBook.note(
          session,
          into,
          at,
          Gap.Event.What.RECLASSIFIED,
          Map.of(
              "from",
              missing.kind().wireName(),
              "to",
              unfindable.kind().wireName(),
              "article",
              article));
    }
  }
}
