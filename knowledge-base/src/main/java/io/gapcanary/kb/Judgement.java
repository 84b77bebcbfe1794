package io.gapcanary.kb;

import io.gapcanary.kb.Verdict.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the measured candidates of a question amount to: which of them apply, how probable
 * it is that one answers, and if none does, why.
 */
final class Judgement {
  /** The share of a question's words that an article in another language must have. */
  private static final double SHARED_WORDS = 0.2;

  /** Matches that are returned. */
  private static final int MOST_MATCHES = 10;

  private final Question question;
  private final AskedText asked;
  private final Experience experience;
  private final Map<String, Dismissals> dismissed;
  private final Calibration calibration;
  private final double floor;
  private final double near;
  private final List<Candidate> applicable = new ArrayList<>();
  private final Map<Reason, List<Candidate>> excluded = new EnumMap<>(Reason.class);

  /** Those of them that can be held against the question. */
  private final Map<Reason, List<Candidate>> comparable = new EnumMap<>(Reason.class);

  private final List<Ranked> ranked;

  /** The share of the answerable probability that is still theirs after what agents dismissed. */
  private final double left;

  /** An article that applies, with the probability that it is the one if any is. */
  private record Ranked(Candidate candidate, double share) {}

  Judgement(
      Question question, Measured measured, Calibration calibration, double floor, double near) {
    this.question = question;
    this.asked = measured.asked();
    this.dismissed = measured.dismissed();
    this.calibration = calibration;
    this.floor = floor;
    this.near = near;
    for (Candidate candidate : calibration.sorted(measured.candidates())) {
      place(candidate);
    }
    double[] shares = calibration.shares(applicable, asked.terms().size());
    double taken = 0;
    for (int i = 0; i < shares.length; i++) {
      double kept = shares[i] * Math.exp(dismissals(applicable.get(i)).doubt());
      taken += shares[i] - kept;
      shares[i] = kept;
    }
    this.left = 1 - taken;
    this.ranked = ranked(shares);
    this.experience = ranked.isEmpty() ? Experience.NONE : experience(measured.past());
  }

  private Experience experience(PastQuestions past) {
    return past.with(question.version(), ranked.get(0).candidate().header().applicability());
  }

  private Dismissals dismissals(Candidate candidate) {
    return dismissed.getOrDefault(candidate.header().id(), Dismissals.NONE);
  }

  /** The articles that apply, the most probable first. */
  private List<Ranked> ranked(double[] weights) {
    List<Ranked> all = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      all.add(new Ranked(applicable.get(i), weights[i] / left));
    }
    all.sort(Comparator.comparingDouble(Ranked::share).reversed());
    return all;
  }

  private void place(Candidate candidate) {
    if (candidate.header().published(question.at())) {
      Reason reason = obstacle(candidate.header(), question.at());
      if (reason == null) {
        applicable.add(candidate);
      } else {
        excluded.computeIfAbsent(reason, r -> new ArrayList<>()).add(candidate);
        if (reason != Reason.OTHER_LANGUAGE || isComparable(candidate)) {
          comparable.computeIfAbsent(reason, r -> new ArrayList<>()).add(candidate);
        }
      }
    }
  }

  /**
   * Whether an article in another language can be held against the question: by meaning, or by
   * enough words that both languages share. A product's name alone says nothing.
   */
  private boolean isComparable(Candidate candidate) {
    return asked.vector() != null
        || candidate.units().stream()
            .map(scored -> WordLikeness.of(asked.terms(), scored.unit().terms()))
            .anyMatch(words -> words.coverage() >= SHARED_WORDS);
  }

  /** Why an article does not apply to this question: the first reason that holds. */
  private @Nullable Reason obstacle(Header article, Instant at) {
    if (!article.applicability().fitsVersion(question.version())) {
      return Reason.OTHER_VERSION;
    }
    if (!article.language().equals(asked.language())) {
      return Reason.OTHER_LANGUAGE;
    }
    if (article.archived()) {
      return Reason.ARCHIVED;
    }
    return article.expired(at) ? Reason.EXPIRED : null;
  }

  Matches matches() {
    if (asked.terms().isEmpty() && asked.bigrams().isEmpty()) {
      return Matches.tooLittleText(floor);
    }
    double answerable = answerable();
    List<Match> best = new ArrayList<>();
    for (Ranked one : ranked.subList(0, Math.min(MOST_MATCHES, ranked.size()))) {
      best.add(match(one.candidate(), answerable * one.share()));
    }
    return new Matches(verdict(answerable), answerable, floor, best, asked.degraded());
  }

  private Verdict verdict(double answerable) {
    if (answerable >= floor) {
      return new Verdict.Answered();
    }
    if (asked.degraded()) {
      return new Verdict.Unavailable(
          "The meaning model cannot be asked; words alone found no answer");
    }
    return silence(answerable);
  }

  private Verdict silence(double answerable) {
    for (Map.Entry<Reason, List<Candidate>> entry : comparable.entrySet()) {
      Optional<Candidate> otherwise = wouldAnswer(entry.getValue());
      if (otherwise.isPresent()) {
        return new Verdict.NoMatch(entry.getKey(), otherwise.get().header().id());
      }
    }
    return answerable >= floor * near && !applicable.isEmpty()
        ? new Verdict.NoMatch(Reason.BELOW_FLOOR, ranked.get(0).candidate().header().id())
        : new Verdict.NoMatch(Reason.NO_ARTICLE, null);
  }

  /** The excluded article that would have been best and reached the floor, had it applied. */
  private Optional<Candidate> wouldAnswer(List<Candidate> excludedOnes) {
    List<Candidate> pool = new ArrayList<>(applicable);
    pool.addAll(excludedOnes);
    List<Candidate> sorted = calibration.sorted(pool);
    return excludedOnes.contains(sorted.get(0)) && probability(sorted) >= floor
        ? Optional.of(sorted.get(0))
        : Optional.empty();
  }

  /**
   * The probability that an article that applies answers, in the light of what came of its likes,
   * and of what was dismissed for them: what speaks against one article leaves the others as they
   * are, against that there is none (Bayes). Where one that does not apply fits clearly better,
   * what applies is only next door to the question, and counts for less.
   */
  private double answerable() {
    double probability = experience.applyTo(probability(applicable));
    return probability * left / (1 - probability + probability * left) * applies();
  }

  private double applies() {
    if (comparable.isEmpty() || applicable.isEmpty()) {
      return 1;
    }
    List<Candidate> pool = new ArrayList<>(applicable);
    comparable.values().forEach(pool::addAll);
    double[] shares = calibration.shares(pool, asked.terms().size());
    double applies = 0;
    for (int i = 0; i < applicable.size(); i++) {
      applies += shares[i];
    }
    return Math.min(1, 2 * applies);
  }

  /** The probability that some of these articles answers. */
  private double probability(List<Candidate> sorted) {
    return calibration.answerable(sorted, asked.terms().size());
  }

  /** A candidate as a match, whether it applies or not. */
  Match match(Candidate candidate, double probability) {
    return new Match(
        candidate.header().id(), candidate.header().title(), probability, evidence(candidate));
  }

  /** The best candidates, and those of these articles that are among them. */
  List<ExplainedMatch> explained(Collection<String> articleIds) {
    double answerable = answerable();
    List<ExplainedMatch> explained = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      Candidate candidate = ranked.get(i).candidate();
      double share = ranked.get(i).share();
      if (i < MOST_MATCHES || articleIds.contains(candidate.header().id())) {
        Match match = match(candidate, answerable * share);
        explained.add(explained(candidate, match, i + 1, share, null));
      }
    }
    excluded.forEach(
        (reason, candidates) ->
            candidates.stream()
                .filter(candidate -> articleIds.contains(candidate.header().id()))
                .forEach(c -> explained.add(explained(c, match(c, 0), 0, 0, reason))));
    return explained;
  }

  private ExplainedMatch explained(
      Candidate candidate, Match match, int rank, double share, @Nullable Reason obstacle) {
    return new ExplainedMatch(
        match,
        rank,
        share,
        calibration.score(candidate) + dismissals(candidate).doubt() / sharpness(),
        obstacle,
        contributions(candidate),
        new ExplainedMatch.Dismissed(
            dismissals(candidate).dismissed(),
            dismissals(candidate).given(),
            dismissals(candidate).voices(),
            dismissals(candidate).doubt()));
  }

  private double sharpness() {
    return calibration.sharpness(asked.terms().size());
  }

  private List<Contribution> contributions(Candidate candidate) {
    List<Contribution> contributions = new ArrayList<>(calibration.contributions(candidate));
    Dismissals against = dismissals(candidate);
    if (against.doubt() < 0) {
      contributions.add(against.contribution(sharpness()));
    }
    return contributions;
  }

  /** How {@link Matches#answerable} comes about. */
  Answerability answerability() {
    int terms = asked.terms().size();
    return new Answerability(
        calibration.intercept(),
        applicable.isEmpty() ? List.of() : calibration.contributions(applicable, terms),
        calibration.answerable(applicable, terms),
        new Answerability.Doubt(
            experience.given(), experience.unanswered(), experience.linking(), experience.doubt()),
        Math.log(left),
        applies(),
        answerable());
  }

  private Evidence evidence(Candidate candidate) {
    String passage =
        candidate.units().stream()
            .map(Candidate.ScoredUnit::unit)
            .filter(u -> u.kind() == Unit.Kind.PASSAGE)
            .map(Unit::text)
            .findFirst()
            .orElse("");
    List<String> alike =
        candidate.units().stream()
            .map(Candidate.ScoredUnit::unit)
            .filter(u -> u.kind() == Unit.Kind.ASKED)
            .limit(3)
            .map(Unit::text)
            .toList();
    List<String> words =
        asked.terms().keySet().stream()
            .filter(t -> candidate.units().stream().anyMatch(u -> u.unit().terms().contains(t)))
            .limit(6)
            .map(t -> asked.surfaces().getOrDefault(t, t))
            .distinct()
            .toList();
    Dismissals against = dismissals(candidate);
    boolean lowers = against.doubt() < 0;
    return new Evidence(
        passage,
        words,
        alike,
        lowers ? against.texts() : List.of(),
        lowers ? against.voices() : 0,
        named(candidate));
  }

  private static Map<String, Double> named(Candidate candidate) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (Feature feature : Feature.values()) {
      if (candidate.feature(feature) != 0) {
        named.put(Contribution.name(feature), candidate.feature(feature));
      }
    }
    return named;
  }
}
