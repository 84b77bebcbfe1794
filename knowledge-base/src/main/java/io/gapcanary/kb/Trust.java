package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which learned wordings are in doubt, so that one agent's mistake teaches no falsehood.
 *
 * <p>A link is right with log-odds {@code log(.95 / .05) + s(its article) - max s(another)}. The
 * support {@code s} of an article sums {@code -log(1 - .95 p)} over those of the five texts most
 * like the wording that are its, where {@code p} is the probability that they ask the same. So a
 * wording that nothing is like is believed at once, no single voice can unsay another, and several
 * can; a second voice that links much the same to the same article ends every doubt. Voices are
 * customers and agents; the title and the passages of an article are one each.
 *
 * <p>What is in doubt stays learned, and is left out of the texts that a question is measured by.
 * Nothing of it is kept, so that what is linked or taken back next counts with the next question.
 */
final class Trust {
  /** The share of links that are right. */
  private static final double RIGHT = 0.95;

  /** Texts less alike than this, a probability, say nothing of each other. */
  private static final double LEAST = 0.2;

  /** From here on they are as good as the same, and no voice counts for more. */
  private static final double SAME = 0.9;

  /** The texts most like a wording that are its neighbours. */
  private static final int NEIGHBOURS = 5;

  /** A question's nearest wordings that are examined: those that decide, and what is near them. */
  private static final int EXAMINED = 12;

  /** A question's nearest texts among which their neighbours are looked for. */
  private static final int NEAREST = 60;

  private final AskedText asked;
  private final SubjectLikeness likeness;

  /**
   * @param asked the question, whose words tell how telling they are
   * @param centre from which its units are seen
   */
  Trust(AskedText asked, Centre centre) {
    this.asked = asked;
    this.likeness = new SubjectLikeness(centre);
  }

  /**
   * The units that may count.
   *
   * @param nearest a question's nearest units, the nearest first
   */
  List<Candidate.ScoredUnit> trusted(List<Candidate.ScoredUnit> nearest) {
    Set<Unit> doubted = Collections.newSetFromMap(new IdentityHashMap<>());
    nearest.stream()
        .filter(one -> one.unit().kind() == Unit.Kind.ASKED)
        .limit(EXAMINED)
        .filter(one -> isDoubted(one, nearest))
        .forEach(one -> doubted.add(one.unit()));
    return doubted.isEmpty()
        ? nearest
        : nearest.stream().filter(one -> !doubted.contains(one.unit())).toList();
  }

  /** A text and the probability that it asks the same. */
  private record Like(Unit unit, double alike) {
    Set<String> voices() {
      return unit.kind() == Unit.Kind.ASKED ? unit.voices() : Set.of(unit.kind().name());
    }

    double support() {
      return -Math.log(1 - RIGHT * Math.min(SAME, alike));
    }

    boolean confirms(Unit wording) {
      return alike >= SAME
          && unit.kind() == Unit.Kind.ASKED
          && unit.articleId().equals(wording.articleId());
    }
  }

  /**
   * Whether a wording is in doubt.
   *
   * @param nearest units among which its neighbours are, the nearest first
   */
  boolean isDoubted(Candidate.ScoredUnit wording, List<Candidate.ScoredUnit> nearest) {
    return !contradicting(wording, nearest).isEmpty();
  }

  /**
   * The articles that contradict a wording, each by itself enough to put it in doubt, the one that
   * most speaks for first; none when it is believed.
   *
   * @param nearest units among which its neighbours are, the nearest first
   */
  List<String> contradicting(Candidate.ScoredUnit wording, List<Candidate.ScoredUnit> nearest) {
    Map<String, Double> support = new HashMap<>();
    for (Like like : neighbours(wording, nearest)) {
      if (like.confirms(wording.unit())) {
        return List.of();
      }
      support.merge(like.unit().articleId(), like.support(), Double::sum);
    }
    Double own = support.remove(wording.unit().articleId());
    double least = Math.log(RIGHT / (1 - RIGHT)) + (own == null ? 0 : own);
    return support.entrySet().stream()
        .filter(another -> another.getValue() > least)
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The texts most like a wording, of each article every voice but the wording's own once. */
  private List<Like> neighbours(Candidate.ScoredUnit wording, List<Candidate.ScoredUnit> nearest) {
    Map<String, Set<String>> heard = new HashMap<>();
    List<Like> neighbours = new ArrayList<>();
    for (Like like : likes(wording, nearest)) {
      Set<String> before = heard.computeIfAbsent(like.unit().articleId(), id -> new HashSet<>());
      Set<String> voices = like.voices();
      if (Collections.disjoint(voices, wording.unit().voices())
          && Collections.disjoint(voices, before)) {
        before.addAll(voices);
        neighbours.add(like);
        if (neighbours.size() == NEIGHBOURS) {
          break;
        }
      }
    }
    return neighbours;
  }

  /** The texts like a wording, the likest first. */
  private List<Like> likes(Candidate.ScoredUnit wording, List<Candidate.ScoredUnit> nearest) {
    WeighedTerms terms = weighed(wording.unit().terms(), asked.terms());
    WeighedTerms bigrams = weighed(wording.unit().bigrams(), asked.bigrams());
    List<Like> likes = new ArrayList<>();
    for (Candidate.ScoredUnit other : nearest.subList(0, Math.min(NEAREST, nearest.size()))) {
      double alike = alike(wording, terms, bigrams, other);
      if (alike >= LEAST) {
        likes.add(new Like(other.unit(), alike));
      }
    }
    likes.sort(Comparator.comparingDouble(Like::alike).reversed());
    return likes;
  }

  private double alike(
      Candidate.ScoredUnit wording,
      WeighedTerms terms,
      WeighedTerms bigrams,
      Candidate.ScoredUnit other) {
    float[] mine = wording.seen();
    float[] its = other.seen();
    if (mine == null || its == null) {
      return likeness.of(overlap(terms, bigrams, other.unit()), 0, false);
    }
    double meaning = Retrieval.dot(mine, its);
    return likeness.of(1, meaning, true) < LEAST // whatever their words
        ? 0
        : likeness.of(overlap(terms, bigrams, other.unit()), meaning, true);
  }

  private static double overlap(WeighedTerms terms, WeighedTerms bigrams, Unit other) {
    double overlap = terms.likeness(other.terms()).overlap();
    return bigrams.isEmpty()
        ? overlap
        : (overlap + bigrams.likeness(other.bigrams()).overlap()) / 2;
  }

  /** How telling a wording's words are, as far as the question tells. */
  private static WeighedTerms weighed(Set<String> words, Map<String, Double> asked) {
    return WeighedTerms.of(words, asked, WordLikeness.UNASKED);
  }
}
