package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Neighbour;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The missing gaps, and the subjects held back, that ask what is nearest to what a gap asks. */
final class Neighbourhood {
  /** How many questions of the gap look about. */
  private static final int SAMPLE = 12;

  private static final int GAPS = 5;

  private final KnowledgeBase knowledge;
  private final Supplier<DeskSettings> settings;

  Neighbourhood(KnowledgeBase knowledge, Supplier<DeskSettings> settings) {
    this.knowledge = knowledge;
    this.settings = settings;
  }

  /** The nearest first: those whose questions are most alike to some of its own, summed. */
  List<GapRow> of(Session session, GapRow gap) {
    Map<String, Double> alike = new HashMap<>();
    for (GapMember member : Members.sample(session, gap.key(), SAMPLE)) {
      for (Neighbour near :
          knowledge.neighbours(Members.question(member), settings.get().groupingNeighbours())) {
        alike.merge(near.id(), near.sameSubject(), Double::sum);
      }
    }
    Map<Long, Double> gaps = new HashMap<>();
    session
        .gapCases()
        .missing(alike.keySet())
        .forEach((caseId, key) -> gaps.merge(key, alike.getOrDefault(caseId, 0.0), Double::sum));
    gaps.remove(gap.key());
    return gaps.entrySet().stream()
        .sorted(
            Map.Entry.<Long, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(GAPS)
        .map(near -> session.gaps().get(near.getKey()))
        .toList();
  }
}
