package io.gapcanary.gaps;

import io.gapcanary.CaseSlice;
import io.gapcanary.DeskSettings;
import io.gapcanary.FollowUp;
import io.gapcanary.Gap;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.GapRank;
import io.gapcanary.Impact;
import io.gapcanary.ImpactWeights;
import io.gapcanary.Outcome;
import io.gapcanary.RelatedArticle;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gaps as people see them, made when they are asked for.
 *
 * <p>What the cases of a gap say is kept in memory (some dozen bytes a case) and read again when it
 * has changed, so that a list costs the same however many cases there are. Thread-safe.
 */
public final class GapViews {
  private static final int QUESTIONS = 5;
  private static final int FOLLOW_UPS = 10;
  private static final int RELATED = 3;
  private static final int VERSIONS = 3;
  private static final int CASES_FOR_RELATED = 20;

  /** No evidence in the record has this version. */
  private static final long UNKNOWN_VERSION = -1;

  private final GapRules rules;
  private final Map<Long, GapEvidence> known = new ConcurrentHashMap<>();
  private final FollowUps followUps;
  private final DeskSettings settings;

  /** Views under these settings. */
  public GapViews(GapRules rules, KnowledgeBase knowledge, DeskSettings settings) {
    this.rules = rules;
    this.followUps = new FollowUps(knowledge);
    this.settings = settings;
  }

  /** What counts how much: as somebody decided, else as the settings say. */
  private ImpactWeights weights(Session session) {
    return session.weights().find().orElseGet(settings::weights);
  }

  /** A page of the list. */
  public GapPage list(Session session, GapFilter filter, Instant now) {
    return list(session, filter, now, weights(session));
  }

  /** The same, had somebody decided on other weights. */
  public GapPage list(Session session, GapFilter filter, Instant now, ImpactWeights weights) {
    Ranking ranking = new Ranking(ranked(session, filter, now, weights), weights);
    List<RankedGap> ranked = ranking.in(filter.order());
    int from = GapCursor.next(ranked, filter.order(), filter.after());
    List<RankedGap> page = ranked.subList(from, Math.min(ranked.size(), from + filter.limit()));
    boolean more = from + page.size() < ranked.size();
    return new GapPage(
        page.stream().map(gap -> view(session, gap, filter.slice())).toList(),
        page.stream().map(gap -> ranking.of(gap.id())).filter(Objects::nonNull).toList(),
        ranking.pareto(),
        more ? GapCursor.of(page.getLast(), filter.order()).toString() : null);
  }

  /** Hands over the whole list with its ranks, whatever the size of a page. */
  public void forEach(
      Session session, GapFilter filter, Instant now, BiConsumer<Gap, @Nullable GapRank> reader) {
    ImpactWeights weights = weights(session);
    Ranking ranking = new Ranking(ranked(session, filter, now, weights), weights);
    for (RankedGap gap : ranking.in(filter.order())) {
      reader.accept(view(session, gap, filter.slice()), ranking.of(gap.id()));
    }
  }

  /** Where a gap stands among all of its list. */
  public Optional<GapRank> rank(Session session, String gapId, GapFilter filter, Instant now) {
    ImpactWeights weights = weights(session);
    return Optional.ofNullable(
        new Ranking(ranked(session, filter, now, weights), weights).of(gapId));
  }

  private List<RankedGap> ranked(
      Session session, GapFilter filter, Instant now, ImpactWeights weights) {
    Map<Long, Long> versions = session.gaps().evidence();
    known.keySet().retainAll(versions.keySet());
    double answered = session.health().meanAnsweredMinutes();
    Instant first = session.cases().firstOpened(now);
    ImpactFormula formula = new ImpactFormula(settings.impactHalfLife(), weights);
    List<RankedGap> ranked = new ArrayList<>();
    for (GapRow gap : session.gaps().numbered()) {
      if (filter.has(gap.kind(), gap.state(), gap.owner())) {
        GapEvidence evidence =
            evidence(session, gap, versions.getOrDefault(gap.key(), UNKNOWN_VERSION));
        List<Weighed> counted =
            filter.slice().all()
                ? evidence.weighed()
                : evidence.weighed().stream().filter(one -> one.isOf(filter.slice())).toList();
        if (!counted.isEmpty()) {
          Impact impact = formula.of(counted, answered, first, now);
          ranked.add(new RankedGap(gap, evidence, counted.size(), impact));
        }
      }
    }
    return ranked;
  }

  /** What a gap's cases say, read again only when that has changed. */
  private GapEvidence evidence(Session session, GapRow gap, long version) {
    GapEvidence before = known.get(gap.key());
    if (before != null && before.version() == version && before.title().equals(gap.title())) {
      return before;
    }
    GapEvidence now = evidence(session, gap, version, session.gapCases().members(gap.key()));
    known.put(gap.key(), now);
    return now;
  }

  private static GapEvidence evidence(
      Session session, GapRow gap, long version, List<GapMember> members) {
    return new GapEvidence(
        version,
        gap.title(),
        Weighed.of(members),
        languages(members),
        gap.kind() == Gap.Kind.SUPERSEDED ? versions(members) : List.of(),
        related(session, members),
        questions(members, gap.title(), QUESTIONS),
        gap.kind() == Gap.Kind.INCOMPLETE
            ? List.copyOf(
                members.subList(Math.max(0, members.size() - FollowUps.LATEST), members.size()))
            : List.of());
  }

  /** One gap. */
  public Gap view(Session session, GapRow gap, Instant now) {
    List<GapMember> members = session.gapCases().members(gap.key());
    GapEvidence evidence = evidence(session, gap, UNKNOWN_VERSION, members);
    Impact impact =
        new ImpactFormula(settings.impactHalfLife(), weights(session))
            .of(
                evidence.weighed(),
                session.health().meanAnsweredMinutes(),
                session.cases().firstOpened(now),
                now);
    RankedGap ranked = new RankedGap(gap, evidence, members.size(), impact);
    return view(session, ranked, members.stream().map(GapMember::caseId).toList());
  }

  /** One gap of a list: of the cases that count there. */
  private Gap view(Session session, RankedGap ranked, CaseSlice slice) {
    GapRow gap = ranked.gap();
    if (slice.all()) {
      return view(session, ranked, session.gapCases().caseIds(gap.key()));
    }
    List<GapMember> members =
        session.gapCases().members(gap.key()).stream()
            .filter(one -> slice.has(one.product(), one.channel(), one.segment(), one.spoken()))
            .toList();
    GapEvidence evidence = evidence(session, gap, UNKNOWN_VERSION, members);
    return view(
        session,
        new RankedGap(gap, evidence, members.size(), ranked.impact()),
        members.stream().map(GapMember::caseId).toList());
  }

  private Gap view(Session session, RankedGap ranked, List<String> caseIds) {
    GapRow gap = ranked.gap();
    GapEvidence evidence = ranked.evidence();
    Instant detected = Objects.requireNonNullElse(gap.detectedAt(), Instant.EPOCH);
    boolean incomplete = gap.kind() == Gap.Kind.INCOMPLETE && gap.articleId() != null;
    return new Gap(
        Objects.requireNonNull(gap.id()),
        gap.state(),
        gap.remedy(),
        gap.kind(),
        gap.title(),
        evidence.languages(),
        evidence.versions(),
        caseIds,
        ranked.impact().distinctCustomers(),
        gap.articleId(),
        evidence.related(),
        evidence.questions(),
        evidence.firstSeen(detected),
        evidence.lastSeen(detected),
        detected,
        ranked.impact(),
        incomplete ? rules.repeatRate(session, Objects.requireNonNull(gap.articleId())) : null,
        lacking(followUps.of(session, gap, caseIds.size(), evidence.latest())),
        gap.owner(),
        gap.version(),
        session.gapHistory().history(gap.key()));
  }

  /** What customers came back to ask, and what of it the article says already. */
  public List<FollowUp> followUps(Session session, GapRow gap) {
    List<GapMember> members = session.gapCases().members(gap.key());
    return followUps.of(session, gap, members.size(), members);
  }

  /**
   * What the article does not say; where it says everything, what customers ask again all the same.
   */
  private static List<String> lacking(List<FollowUp> followUps) {
    boolean anyLacking = followUps.stream().anyMatch(one -> one.passage() == null);
    return followUps.stream()
        .filter(one -> !anyLacking || one.passage() == null)
        .limit(FOLLOW_UPS)
        .map(FollowUp::question)
        .toList();
  }

  static List<String> languages(List<GapMember> members) {
    return commonestFirst(members.stream().map(GapMember::spoken));
  }

  private static List<String> versions(List<GapMember> members) {
    Stream<String> told =
        members.stream().map(GapMember::version).filter(Objects::nonNull).map(String::strip);
    return commonestFirst(told.filter(version -> !version.isEmpty())).stream()
        .limit(VERSIONS)
        .toList();
  }

  private static List<String> commonestFirst(Stream<String> texts) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    texts.forEach(text -> counts.merge(text, 1, Integer::sum));
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Distinct questions: the one that gave the title first, then the latest. */
  private static List<String> questions(List<GapMember> members, String title, int most) {
    Set<String> questions = new LinkedHashSet<>();
    members.stream()
        .map(GapMember::question)
        .filter(question -> !title.isEmpty() && GapTitle.isOf(question, title))
        .findFirst()
        .map(GapTitle::readable)
        .ifPresent(questions::add);
    for (GapMember member : members.reversed()) {
      if (questions.size() >= most) {
        break;
      }
      if (!member.question().isBlank()) {
        questions.add(GapTitle.readable(member.question()));
      }
    }
    return List.copyOf(questions);
  }

  /** The articles nearest to its latest questions, by the mean of their probabilities. */
  static List<RelatedArticle> related(Session session, List<GapMember> members) {
    Map<String, Double> sums = new LinkedHashMap<>();
    List<GapMember> latest =
        members.subList(Math.max(0, members.size() - CASES_FOR_RELATED), members.size());
    for (GapMember member : latest) {
      Optional<Outcome> outcome = session.outcomes().find(member.caseId());
      outcome.ifPresent(
          found ->
              found
                  .matches()
                  .forEach(match -> sums.merge(match.id(), match.probability(), Double::sum)));
    }
    return sums.entrySet().stream()
        .map(sum -> new RelatedArticle(sum.getKey(), Rounded.to4(sum.getValue() / latest.size())))
        .sorted(
            Comparator.comparingDouble(RelatedArticle::probability)
                .reversed()
                .thenComparing(RelatedArticle::id))
        .limit(RELATED)
        .toList();
  }
}
