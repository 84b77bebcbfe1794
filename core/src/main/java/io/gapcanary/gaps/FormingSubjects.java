package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.kb.ComparedQuestions;
import io.gapcanary.kb.KnowledgeBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Groups open cases that nothing answers and that no group of closed ones is like, as {@link
 * Grouping} would, did they close one after the other in the order in which they opened. Not
 * thread-safe.
 *
 * <p>How alike two questions are is found once for as long as both stay as they are.
 */
public final class FormingSubjects {
  /** With so many others, those opened last, a question is compared at most. */
  private static final int COMPARED = 300;

  private static final Comparator<OpenSignal> BY_OPENING =
      Comparator.comparing(OpenSignal::openedAt).thenComparing(OpenSignal::caseId);

  private final Supplier<DeskSettings> settings;
  private final GapTitle titles;
  private final Map<String, OpenSignal> known = new HashMap<>();
  private final ComparedQuestions alike;

  /** Asks the knowledge base how alike questions are. */
  public FormingSubjects(KnowledgeBase knowledge, Supplier<DeskSettings> settings) {
    this.alike = new ComparedQuestions(knowledge);
    this.settings = settings;
    this.titles = new GapTitle(knowledge);
  }

  /**
   * The groups, and those that are alone, in the order in which their first cases opened; the cases
   * of each in theirs.
   */
  public List<List<OpenSignal>> group(List<OpenSignal> signals) {
    List<OpenSignal> ordered =
        signals.stream().sorted(BY_OPENING.reversed()).limit(COMPARED).sorted(BY_OPENING).toList();
    compare(ordered);
    List<List<OpenSignal>> groups = new ArrayList<>();
    for (OpenSignal signal : ordered) {
      List<OpenSignal> best = best(groups, signal);
      if (best == null) {
        best = new ArrayList<>();
        groups.add(best);
      }
      best.add(signal);
    }
    return groups;
  }

  private void compare(List<OpenSignal> signals) {
    Set<String> present = new HashSet<>();
    signals.forEach(signal -> present.add(signal.caseId()));
    Set<String> gone = new HashSet<>(known.keySet());
    gone.removeAll(present);
    gone.forEach(this::forget);
    for (OpenSignal signal : signals) {
      OpenSignal before = known.get(signal.caseId());
      if (before == null || !before.question().text().equals(signal.question().text())) {
        alike.put(signal.caseId(), signal.question());
        known.put(signal.caseId(), signal);
      }
    }
  }

  private void forget(String caseId) {
    known.remove(caseId);
    alike.remove(caseId);
  }

  /** Forgets everything. */
  public void forget() {
    known.clear();
    alike.clear();
  }

  private @Nullable List<OpenSignal> best(List<List<OpenSignal>> groups, OpenSignal signal) {
    List<OpenSignal> best = null;
    double most = settings.get().grouping();
    for (List<OpenSignal> group : groups) {
      double score = score(group, signal);
      if (score >= most && (best == null || score > most)) {
        best = group;
        most = score;
      }
    }
    return best;
  }

  /** The mean of the nearest members, up to {@link Grouping#LINKS}. */
  private double score(List<OpenSignal> group, OpenSignal signal) {
    return group.stream()
        .mapToDouble(member -> alike.sameSubject(signal.caseId(), member.caseId()))
        .map(value -> -value)
        .sorted()
        .limit(Grouping.LINKS)
        .map(value -> -value)
        .average()
        .orElse(0);
  }

  /** A readable phrase for a group, in the customers' own words; the latest cases first. */
  public String title(List<OpenSignal> group) {
    return titles.ofQuestions(
        group.reversed().stream().map(signal -> signal.question().text()).toList());
  }
}
