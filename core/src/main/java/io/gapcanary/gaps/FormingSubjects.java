package io.gapcanary.gaps;

import io.gapcanary.DeskSettings;
import io.gapcanary.kb.ComparedQuestions;
import io.gapcanary.kb.KnowledgeBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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

  private static final Comparator<List<OpenSignal>> BY_FIRST =
      Comparator.comparing(List::getFirst, BY_OPENING);

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
    Map<String, List<OpenSignal>> groupOf = new HashMap<>();
    for (OpenSignal signal : ordered) {
      List<OpenSignal> best = best(groupOf, signal);
      if (best == null) {
        best = new ArrayList<>();
        groups.add(best);
      }
      best.add(signal);
      groupOf.put(signal.caseId(), best);
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

  /** One whose nearest member is not alike enough cannot be, whatever the others are. */
  private @Nullable List<OpenSignal> best(
      Map<String, List<OpenSignal>> groupOf, OpenSignal signal) {
    double most = settings.get().grouping();
    Set<List<OpenSignal>> near = Collections.newSetFromMap(new IdentityHashMap<>());
    for (String other : alike.near(signal.caseId(), most)) {
      List<OpenSignal> group = groupOf.get(other);
      if (group != null) {
        near.add(group);
      }
    }
    List<OpenSignal> best = null;
    for (List<OpenSignal> group : near.stream().sorted(BY_FIRST).toList()) {
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
    double[] its = new double[group.size()];
    for (int i = 0; i < its.length; i++) {
      its[i] = alike.sameSubject(signal.caseId(), group.get(i).caseId());
    }
    Arrays.sort(its);
    int links = Math.min(its.length, Grouping.LINKS);
    return Arrays.stream(its, its.length - links, its.length).average().orElse(0);
  }

  /** A readable phrase for a group, in the customers' own words; the latest cases first. */
  public String title(List<OpenSignal> group) {
    return titles.ofQuestions(
        group.reversed().stream().map(signal -> signal.question().text()).toList());
  }
}
