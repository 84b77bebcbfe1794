package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Neighbour;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the missing gap, or the subject held back, that a question belongs to.
 *
 * <p>The question's nearest remembered questions vote for their groups. A group's score is the mean
 * probability of its nearest members (up to {@value #LINKS}; those that are not among the nearest
 * count as 0), as in average linkage, so that one stray resemblance does not chain two subjects
 * together. The best group is joined when its score reaches the threshold.
 */
public final class Grouping {
  /** How many members of a group a question must resemble. */
  static final int LINKS = 8;

  private final KnowledgeBase knowledge;
  private final Supplier<DeskSettings> settings;

  /** Asks the knowledge base for neighbours. */
  public Grouping(KnowledgeBase knowledge, Supplier<DeskSettings> settings) {
    this.knowledge = knowledge;
    this.settings = settings;
  }

  /**
   * How well a question fits a group.
   *
   * @param key the group's key in the record
   * @param score the mean probability, in [0, 1]
   */
  private record Fit(long key, double score) {}

  /** The group of a question, as its key in the record. */
  public Optional<Long> find(Session session, Question question, String exceptCase) {
    List<Neighbour> near =
        knowledge.neighbours(question, settings.get().groupingNeighbours()).stream()
            .filter(neighbour -> !neighbour.id().equals(exceptCase))
            .toList();
    double least = settings.get().grouping();
    if (near.isEmpty() || near.getFirst().sameSubject() < least) {
      return Optional.empty();
    }
    Map<Long, List<Double>> votes = new LinkedHashMap<>();
    Map<String, Long> groupOf =
        session.gapCases().missing(near.stream().map(Neighbour::id).toList());
    for (Neighbour neighbour : near) {
      Long group = groupOf.get(neighbour.id());
      if (group != null) {
        votes.computeIfAbsent(group, key -> new ArrayList<>()).add(neighbour.sameSubject());
      }
    }
    return votes.entrySet().stream()
        .filter(vote -> vote.getValue().getFirst() >= least)
        .map(vote -> new Fit(vote.getKey(), score(session, vote.getKey(), vote.getValue())))
        .filter(fit -> fit.score() >= least)
        .min(Comparator.comparingDouble(Fit::score).reversed().thenComparingLong(Fit::key))
        .map(Fit::key);
  }

  private static double score(Session session, long key, List<Double> nearest) {
    int links = Math.clamp(session.gapSizes().cases(key), 1, LINKS);
    return nearest.stream().limit(links).mapToDouble(Double::doubleValue).sum() / links;
  }
}
