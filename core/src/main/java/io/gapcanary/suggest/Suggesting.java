package io.gapcanary.suggest;

import io.gapcanary.DeskSettings;
import io.gapcanary.Gap;
import io.gapcanary.OpenNow;
import io.gapcanary.RateChange;
import io.gapcanary.Suggestions;
import io.gapcanary.Suggestions.Evidence;
import io.gapcanary.Suggestions.Forming;
import io.gapcanary.Suggestions.KnownGap;
import io.gapcanary.Suggestions.Suggestion;
import io.gapcanary.Suggestions.Warning;
import io.gapcanary.gaps.ArticleHealths;
import io.gapcanary.gaps.GapRules;
import io.gapcanary.gaps.Grouping;
import io.gapcanary.kb.Applicability;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.Language;
import io.gapcanary.kb.Match;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Verdict;
import io.gapcanary.kb.VersionRange;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns a question's matches into what an agent sees. Changes nothing. */
public final class Suggesting {
  private static final int MOST = 3;

  private static final String ASKED_AS = "asked-as";
  private static final String WORDS = "words";
  private static final String MEANING = "meaning";

  /** A match beside the first that is less probable than this is noise to an agent. */
  private static final double LEAST = 0.05;

  private static final int REMEMBERED_CASES = 10;

  private static final Applicability NO_VERSION =
      new Applicability(null, VersionRange.parse(">=0 <0"));

  private final Grouping grouping;
  private final GapRules rules;
  private final Supplier<OpenNow> openNow;
  private final Supplier<DeskSettings> settings;

  /** Suggests under these settings. */
  public Suggesting(
      Grouping grouping,
      GapRules rules,
      Supplier<OpenNow> openNow,
      Supplier<DeskSettings> settings) {
    this.grouping = grouping;
    this.rules = rules;
    this.openNow = openNow;
    this.settings = settings;
  }

  /** There was no question. */
  public static Suggestions tooLittleText() {
    return new Suggestions(
        new Verdict.TooLittleText().wireName(), null, 0, false, List.of(), null, null);
  }

  /**
   * What an agent sees of these matches.
   *
   * @param row the case, or {@code null} when none is known
   */
  public Suggestions of(
      Session session, Question question, Matches matches, @Nullable CaseRow row) {
    String reason = null;
    List<Suggestion> suggestions = List.of();
    KnownGap gap = null;
    Forming forming = null;
    switch (matches.verdict()) {
      case Verdict.Answered answered -> suggestions = suggestions(session, question, matches, row);
      case Verdict.NoMatch noMatch -> {
        reason = noMatch.reason().wireName();
        gap = knownGap(session, question, noMatch, row).orElse(null);
        forming = gap == null && row != null ? forming(row, question).orElse(null) : null;
      }
      case Verdict.TooLittleText tooLittle -> {}
      case Verdict.Unavailable unavailable -> {}
    }
    return new Suggestions(
        matches.verdict().wireName(),
        reason,
        matches.answerable(),
        matches.degraded(),
        suggestions,
        gap,
        forming);
  }

  private List<Suggestion> suggestions(
      Session session, Question question, Matches matches, @Nullable CaseRow row) {
    Map<String, GivenBefore> givenInVain = givenInVain(session, row);
    List<Suggestion> fresh = new ArrayList<>();
    List<Suggestion> again = new ArrayList<>();
    for (Match match : matches.list().stream().limit(MOST).toList()) {
      if (fresh.size() + again.size() > 0 && match.probability() < LEAST) {
        break;
      }
      GivenBefore before = givenInVain.get(match.articleId());
      (before == null ? fresh : again).add(suggestion(session, question, match, before));
    }
    fresh.addAll(again);
    return fresh;
  }

  /** What the customer was given in earlier cases, and when; nothing for an unknown customer. */
  private Map<String, GivenBefore> givenInVain(Session session, @Nullable CaseRow row) {
    Map<String, GivenBefore> given = new LinkedHashMap<>();
    if (row == null || row.customer() == null) {
      return given;
    }
    Instant from = row.openedAt().minus(settings.get().repeatWindow());
    for (CaseRow earlier :
        session
            .customers()
            .closedBetween(row.customer(), row.id(), from, row.openedAt(), REMEMBERED_CASES)) {
      for (LinkStore.Given article : session.links().given(earlier.id())) {
        given.putIfAbsent(
            article.articleId(),
            new GivenBefore(earlier.id(), day(givenAt(session, earlier, article))));
      }
    }
    return given;
  }

  /** When an article was linked; one whose address was sent, when the case closed. */
  private static Instant givenAt(Session session, CaseRow row, LinkStore.Given article) {
    return session
        .links()
        .linkedAt(article.origin(), article.articleId())
        .orElseGet(() -> row.closedAt() == null ? row.lastAt() : row.closedAt());
  }

  /** The day of a time, where the desk is. */
  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, settings.get().timeZone());
  }

  private Suggestion suggestion(
      Session session, Question question, Match match, @Nullable GivenBefore before) {
    Wording wording = Wording.of(question.spoken());
    Optional<Article> article = session.articles().find(match.articleId());
    List<Warning> warnings = new ArrayList<>();
    if (before != null) {
      warnings.add(
          new Warning(
              "given-before",
              wording.givenBefore(before.on()),
              Map.of("on", before.on().toString(), "case", before.caseId())));
    }
    returns(session, match.articleId(), wording).ifPresent(warnings::add);
    if (match.evidence().dismissedBy() > 0) {
      int voices = match.evidence().dismissedBy();
      warnings.add(new Warning("dismissed", wording.dismissed(voices), Map.of("voices", voices)));
    }
    article.ifPresent(found -> warnings.addAll(ofArticle(found, question, wording)));
    if (question.version() != null && NO_VERSION.fitsVersion(question.version())) {
      warnings.add(
          new Warning(
              "version-unreadable",
              wording.unreadableVersion(question.version()),
              Map.of("version", question.version())));
    }
    List<Evidence> evidence = evidence(match);
    return new Suggestion(
        match.articleId(),
        match.title(),
        article.map(Article::url).orElse(null),
        match.probability(),
        match.evidence().passage(),
        evidence.stream().map(one -> said(one, wording)).toList(),
        warnings,
        article.flatMap(found -> Quotation.of(found, match.evidence().passage())).orElse(null),
        evidence);
  }

  /** The customer was given the article in an earlier case. */
  private record GivenBefore(String caseId, LocalDate on) {}

  /** A sudden rise says more than the rate over all; either is said once. */
  private Optional<Warning> returns(Session session, String articleId, Wording wording) {
    Optional<RateChange> change =
        session
            .articles()
            .findHeading(articleId)
            .flatMap(heading -> ArticleHealths.change(session, articleId, heading.edition()));
    if (change.isPresent()) {
      return change.map(rise -> worseLately(rise, wording));
    }
    return session
        .gaps()
        .findOfArticle(Gap.Kind.INCOMPLETE, articleId)
        .filter(gap -> !gap.heldBack() && gap.state().live())
        .map(gap -> rules.repeatRate(session, articleId))
        .map(
            rate ->
                new Warning(
                    "incomplete",
                    wording.incomplete(rate),
                    Map.of(
                        "given", rate.given(),
                        "returned", rate.returned(),
                        "rate", rate.rate(),
                        "expected", rate.expected())));
  }

  private Warning worseLately(RateChange rise, Wording wording) {
    LocalDate since = day(rise.since());
    return new Warning(
        "worse-lately",
        wording.worseLately(rise, since),
        Map.of(
            "since", since.toString(),
            "kind", rise.kind().wireName(),
            "given", rise.given(),
            "returned", rise.returned(),
            "formerGiven", rise.formerGiven(),
            "formerReturned", rise.formerReturned()));
  }

  private static List<Warning> ofArticle(Article article, Question question, Wording wording) {
    List<Warning> warnings = new ArrayList<>();
    switch (article.confidence()) {
      case WIP, NOT_VALIDATED -> warnings.add(new Warning("not-validated", wording.notValidated()));
      case VALIDATED, ARCHIVED -> {}
    }
    if (!Language.primary(article.language()).equals(question.spoken())) {
      warnings.add(
          new Warning(
              "other-language",
              wording.otherLanguage(article.language()),
              Map.of("language", article.language())));
    }
    if (article.audience() == Article.Audience.INTERNAL) {
      warnings.add(new Warning("internal", wording.internal()));
    }
    return warnings;
  }

  private static List<Evidence> evidence(Match match) {
    List<String> askedAs = match.evidence().askedAs();
    List<String> words = match.evidence().words();
    List<Evidence> evidence = new ArrayList<>();
    if (!askedAs.isEmpty()) {
      evidence.add(new Evidence(ASKED_AS, Map.of("wording", askedAs.getFirst())));
    }
    if (!words.isEmpty()) {
      evidence.add(new Evidence(WORDS, Map.of("words", words)));
    }
    return evidence.isEmpty() ? List.of(new Evidence(MEANING, Map.of())) : evidence;
  }

  private static String said(Evidence evidence, Wording wording) {
    return switch (evidence.code()) {
      case ASKED_AS -> wording.askedAs(String.valueOf(evidence.details().get("wording")));
      case WORDS ->
          evidence.details().get("words") instanceof List<?> words
              ? wording.words(words)
              : wording.meaning();
      default -> wording.meaning();
    };
  }

  private Optional<KnownGap> knownGap(
      Session session, Question question, Verdict.NoMatch noMatch, @Nullable CaseRow row) {
    Optional<GapRow> gap =
        switch (noMatch.reason()) {
          case OTHER_VERSION -> ofArticle(session, Gap.Kind.SUPERSEDED, noMatch.articleId());
          case OTHER_LANGUAGE -> ofArticle(session, Gap.Kind.UNTRANSLATED, noMatch.articleId());
          case ARCHIVED, EXPIRED, BELOW_FLOOR, NO_ARTICLE ->
              grouping
                  .find(session, question, row == null ? "" : row.id())
                  .map(session.gaps()::get);
        };
    return gap.filter(found -> !found.heldBack() && found.state().live())
        .map(
            found ->
                GapBriefing.of(
                    session,
                    found,
                    row,
                    question.at(),
                    openNow.get().of(String.valueOf(found.id())),
                    Wording.of(question.spoken())));
  }

  private Optional<Forming> forming(CaseRow row, Question question) {
    return openNow.get().forming().stream()
        .filter(subject -> subject.cases().contains(row.id()) && subject.cases().size() > 1)
        .findFirst()
        .map(subject -> subject.cases().size() - 1)
        .map(others -> new Forming(others, Wording.of(question.spoken()).forming(others)));
  }

  private static Optional<GapRow> ofArticle(
      Session session, Gap.Kind kind, @Nullable String articleId) {
    return articleId == null ? Optional.empty() : session.gaps().findOfArticle(kind, articleId);
  }
}
