package io.gapcanary;

import io.gapcanary.cases.JudgedCase;
import io.gapcanary.flood.FloodGuard;
import io.gapcanary.gaps.GapRules;
import io.gapcanary.gaps.Joining;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Match;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Scope;
import io.gapcanary.kb.Verdict;
import io.gapcanary.privacy.Masking;
import io.gapcanary.repeat.RepeatContacts;
import io.gapcanary.repeat.RepeatContacts.Relation;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.LinkStore;
import io.gapcanary.storage.Session;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Closes cases and says what they come to.
 *
 * <p>In this order: what its question matches (its own links left out), whether it returns to an
 * earlier case and takes over what was given there, the outcome, and what it shows of gaps. A case
 * that closes again is judged anew, and what it showed before is taken back. One that is set aside
 * has an outcome, and shows nothing.
 */
final class CaseClosing {
  private static final int MATCHES = 3;
  private static final Duration LONGEST_WORK = Duration.ofHours(4);

  private final KnowledgeBase knowledge;
  private final RepeatContacts repeats;
  private final GapRules gaps;
  private final Masking masking;
  private final CaseLog log;
  private final FloodGuard floods;

  CaseClosing(
      KnowledgeBase knowledge,
      RepeatContacts repeats,
      GapRules gaps,
      Masking masking,
      CaseLog log,
      FloodGuard floods) {
    this.knowledge = knowledge;
    this.repeats = repeats;
    this.gaps = gaps;
    this.masking = masking;
    this.log = log;
    this.floods = floods;
  }

  /** Closes a case at a time. */
  Outcome close(Session session, CaseRow row, Closing closing, Instant at) {
    Set<String> tags = new LinkedHashSet<>(row.tags());
    closing.tags().forEach(tag -> tags.add(masking.mask(tag)));
    Resolution resolution = closing.resolution() == null ? row.resolution() : closing.resolution();
    Double minutes =
        closing.handleMinutes() == null ? row.handleMinutes() : closing.handleMinutes();
    CaseRow closed = row.closed(at, List.copyOf(tags), resolution, minutes);
    log.save(session, closed);
    return judge(session, closed);
  }

  /** Judges a closed case, as it stands now; when it begins a flood, the others of it again. */
  Outcome judge(Session session, CaseRow row) {
    FloodGuard.Finding finding = floods.look(session, row);
    Outcome outcome = judge(session, row, finding);
    if (finding.others().isEmpty()) {
      return outcome;
    }
    Set<Long> joined = session.erasures().gaps(finding.others());
    for (String other : finding.others()) {
      session.cases().find(other).ifPresent(alike -> judge(session, alike));
    }
    gaps.holdBack(session, joined, Objects.requireNonNull(row.closedAt()));
    return outcome;
  }

  /**
   * Where a case that is open still would count, were it closed now; nowhere when that could not be
   * judged. Changes nothing.
   *
   * @param matches what its question matches, its own links left out
   */
  Optional<Joining> wouldJoin(Session session, CaseRow row, Matches matches) {
    List<String> own = given(session, row.id());
    Relation relation = repeats.find(session, row, best(row, matches), own);
    List<String> takenOver =
        relation instanceof Relation.Reconnect reconnect
            ? given(session, reconnect.caseId())
            : List.of();
    JudgedCase judged = judged(session, row, matches, own, takenOver, relation, row.lastAt());
    return kind(judged) == Outcome.Kind.UNAVAILABLE
        ? Optional.empty()
        : gaps.wouldJoin(session, judged);
  }

  private static List<String> given(Session session, String caseId) {
    return session.links().given(caseId).stream().map(LinkStore.Given::articleId).toList();
  }

  private static JudgedCase judged(
      Session session,
      CaseRow row,
      Matches matches,
      List<String> own,
      List<String> takenOver,
      Relation relation,
      Instant at) {
    return new JudgedCase(
        row,
        matches,
        own,
        takenOver,
        session.links().anyDismissed(row.id()),
        relation instanceof Relation.Repeat repeat ? repeat.caseId() : null,
        relation instanceof Relation.Reconnect reconnect ? reconnect.caseId() : null,
        at);
  }

  private Outcome judge(Session session, CaseRow row, FloodGuard.Finding finding) {
    Instant at = Objects.requireNonNull(row.closedAt());
    gaps.withdraw(session, row.id());
    session.links().forgetTakenOver(row.id());
    List<String> own = given(session, row.id());
    session.givings().retain(row.id(), finding.setAside() ? List.of() : own);
    if (finding.setAside()) {
      session.articles().unlearnFrom(row.id());
    } else if (finding.teaches()) {
      log.learnAfterwards(session, row, at);
    }
    Matches matches = row.asks() ? match(row, at) : Matches.unavailable("");
    List<RelatedArticle> best = best(row, matches);
    Relation relation =
        finding.setAside() ? new Relation.First() : repeats.find(session, row, best, own);
    List<String> takenOver = takeOver(session, row, relation);
    JudgedCase judged = judged(session, row, matches, own, takenOver, relation, at);
    Outcome outcome = outcome(judged, best, finding.setAside());
    Optional<Outcome> before = session.outcomes().find(row.id());
    session.outcomes().save(outcome, row.asks(), minutes(row, at), at, log.day(at));
    session.health().count(touched(outcome, before));
    if (outcome.given().isEmpty() || before.isPresent()) {
      session.index().judged(row.id());
    }
    if (outcome.outcome() == Outcome.Kind.UNAVAILABLE || !row.asks() || finding.setAside()) {
      return outcome;
    }
    return gaps.signal(session, judged)
        .map(
            gap -> {
              session.outcomes().setGap(row.id(), gap);
              return withGap(outcome, gap);
            })
        .orElse(outcome);
  }

  /**
   * The case, and those that it repeats or was thought to repeat: a return says something of them.
   */
  private static List<String> touched(Outcome outcome, Optional<Outcome> before) {
    return Stream.of(
            Stream.of(outcome.caseId()),
            Stream.ofNullable(outcome.repeatOf()),
            before.map(Outcome::repeatOf).stream())
        .flatMap(ids -> ids)
        .toList();
  }

  private Matches match(CaseRow row, Instant at) {
    try {
      return knowledge.match(row.asked(at), Scope.except(row.id()));
    } catch (UncheckedIOException e) {
      return Matches.unavailable("The index cannot be read");
    }
  }

  private static List<RelatedArticle> best(CaseRow row, Matches matches) {
    return row.asks()
        ? matches.list().stream().limit(MATCHES).map(CaseClosing::related).toList()
        : List.of();
  }

  private static RelatedArticle related(Match match) {
    return new RelatedArticle(match.articleId(), rounded(match.probability()));
  }

  /** Probabilities are told to six places. */
  private static double rounded(double probability) {
    return Math.round(probability * 1e6) / 1e6;
  }

  /** A reconnect takes over what was given before the line dropped. */
  private static List<String> takeOver(Session session, CaseRow row, Relation relation) {
    List<String> takenOver = new ArrayList<>();
    if (relation instanceof Relation.Reconnect reconnect) {
      for (LinkStore.Given given : session.links().given(reconnect.caseId())) {
        session.links().give(row.id(), given.articleId(), false, given.origin());
        takenOver.add(given.articleId());
      }
    }
    return takenOver;
  }

  private static Outcome outcome(JudgedCase judged, List<RelatedArticle> best, boolean setAside) {
    Matches matches = judged.matches();
    Outcome.Kind kind = kind(judged);
    Set<String> given = new LinkedHashSet<>(judged.own());
    given.addAll(judged.takenOver());
    return new Outcome(
        judged.row().id(),
        kind,
        kind == Outcome.Kind.NO_MATCH && matches.verdict() instanceof Verdict.NoMatch noMatch
            ? noMatch.reason().wireName()
            : null,
        judged.row().asks() ? rounded(matches.answerable()) : 0,
        best,
        List.copyOf(given),
        judged.repeatOf(),
        judged.reconnectOf(),
        null,
        setAside);
  }

  private static Outcome.Kind kind(JudgedCase judged) {
    if (judged.given()) {
      return Outcome.Kind.ANSWERED;
    }
    if (!judged.row().asks()) {
      return Outcome.Kind.TOO_LITTLE_TEXT;
    }
    if (judged.matches().degraded()) {
      return Outcome.Kind.UNAVAILABLE;
    }
    return switch (judged.matches().verdict()) {
      case Verdict.Answered answered -> Outcome.Kind.ANSWERED;
      case Verdict.NoMatch noMatch -> Outcome.Kind.NO_MATCH;
      case Verdict.TooLittleText tooLittle -> Outcome.Kind.TOO_LITTLE_TEXT;
      case Verdict.Unavailable unavailable -> Outcome.Kind.UNAVAILABLE;
    };
  }

  private static Outcome withGap(Outcome outcome, String gap) {
    return new Outcome(
        outcome.caseId(),
        outcome.outcome(),
        outcome.reason(),
        outcome.answerable(),
        outcome.matches(),
        outcome.given(),
        outcome.repeatOf(),
        outcome.reconnectOf(),
        gap,
        outcome.setAside());
  }

  private static double minutes(CaseRow row, Instant at) {
    if (row.handleMinutes() != null) {
      return row.handleMinutes();
    }
    Duration work = Duration.between(row.openedAt(), at);
    Duration capped = work.compareTo(LONGEST_WORK) > 0 ? LONGEST_WORK : work;
    return Math.max(0, capped.toMillis() / 60_000.0);
  }
}
