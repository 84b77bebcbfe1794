package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Looks at a missing gap again whenever it has grown by a quarter: whether it holds several
 * subjects ({@link Splitting}), is one with another gap ({@link Consolidation}), or has cases that
 * belong elsewhere ({@link Moving}).
 *
 * <p>When a case comes, {@link Grouping} knows its question only, and what came before. What a
 * subject is shows when there are more. How much is compared at a look has a bound, however large
 * the desk.
 */
final class Regrouping {
  private static final int FIRST = 4;
  private static final double GROWN = Math.log(1.25);

  private final Splitting splitting;
  private final Consolidation consolidation;
  private final Moving moving;

  Regrouping(KnowledgeBase knowledge, GapBook book, Supplier<DeskSettings> settings) {
    Neighbourhood neighbourhood = new Neighbourhood(knowledge, settings);
    splitting = new Splitting(knowledge, book);
    consolidation = new Consolidation(knowledge, neighbourhood, book, settings);
    moving = new Moving(knowledge, neighbourhood, book, settings);
  }

  /**
   * Looks at a gap that a case has joined.
   *
   * @return the gaps that have other cases than before, as they are now; empty when none has
   */
  List<GapRow> look(Session session, GapRow gap, Instant at) {
    if (!isDue(session.gapSizes().cases(gap.key()))) {
      return List.of();
    }
    Map<Long, GapRow> changed = new LinkedHashMap<>();
    splitting.look(session, gap, at).forEach(part -> changed.put(part.key(), part));
    GapRow stays = consolidation.look(session, gap, at);
    moving.look(session, stays, at).forEach(other -> changed.put(other.key(), other));
    changed.put(stays.key(), stays);
    return changed.keySet().stream().map(session.gaps()::get).filter(one -> !one.merged()).toList();
  }

  private static boolean isDue(int cases) {
    return cases >= FIRST && (int) (Math.log(cases) / GROWN) != (int) (Math.log(cases - 1) / GROWN);
  }
}
