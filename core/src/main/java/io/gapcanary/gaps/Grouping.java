package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Neighbour;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  static final int LINKS = 3;

  private final KnowledgeBase knowledge;
  private final DeskSettings settings;

  /** Asks the knowledge base for neighbours. */
  public Grouping(KnowledgeBase knowledge, DeskSettings settings) {
    this.knowledge = knowledge;
    this.settings = settings;
  }

  /** The group of a question, as its key in the record. */
  public Optional<Long> find(Session session, Question question, String exceptCase) {
    List<Neighbour> near =
        knowledge.neighbours(question, settings.groupingNeighbours()).stream()
            .filter(neighbour -> !neighbour.id().equals(exceptCase))
            .toList();
    if (near.isEmpty() || near.getFirst().sameSubject() < settings.grouping()) {
      return Optional.empty();
    }
    Map<String, Long> groupOf = session.gaps().missing(near.stream().map(Neighbour::id).toList());
    Map<Long, List<Double>> votes = new LinkedHashMap<>();
    for (Neighbour neighbour : near) {
      Long group = groupOf.get(neighbour.id());
      if (group != null) {
        votes.computeIfAbsent(group, key -> new ArrayList<>()).add(neighbour.sameSubject());
      }
    }
    Long best = null;
    double most = settings.grouping();
    for (Map.Entry<Long, List<Double>> vote : votes.entrySet()) {
      double score = score(vote.getValue(), session.gaps().size(vote.getKey()).cases());
      if (score >= most && (best == null || score > most)) {
        best = vote.getKey();
        most = score;
      }
    }
    return Optional.ofNullable(best);
  }

  private static double score(List<Double> nearest, int members) {
    int links = Math.min(LINKS, Math.max(1, members));
    return nearest.stream().limit(links).mapToDouble(Double::doubleValue).sum() / links;
  }
}
