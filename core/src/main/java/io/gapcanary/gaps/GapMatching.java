package io.gapcanary.gaps;

import io.gapcanary.Gap;
import io.gapcanary.storage.GapContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells which gaps of two lists of the same cases are the same.
 *
 * <p>A gap that concerns an article is the one of that kind and article. Missing gaps are the same
 * by the cases that they share: the two whose common share is largest first, and never with less
 * than half of the smaller one's. Those that are alive are matched before those that are verified
 * or dismissed, so that nothing alive becomes a part of what was done with.
 */
public final class GapMatching {
  private final List<GapContent> before;
  private final List<GapContent> after;
  private final Map<Long, GapContent> formerOf = new LinkedHashMap<>();
  private final Map<Long, GapContent> laterOf = new LinkedHashMap<>();
  private final Map<String, List<GapContent>> afterByCase = new HashMap<>();
  private final Map<String, List<GapContent>> beforeByCase = new HashMap<>();

  /** Matches two lists. */
  public GapMatching(List<GapContent> before, List<GapContent> after) {
    this.before = List.copyOf(before);
    this.after = List.copyOf(after);
    index(this.before, beforeByCase);
    index(this.after, afterByCase);
    byArticle();
    byCases(gap -> gap.kind() == Gap.Kind.MISSING && gap.state().live(), true);
    byCases(gap -> gap.kind() == Gap.Kind.MISSING, true);
    byCases(gap -> true, false);
  }

  private static void index(List<GapContent> gaps, Map<String, List<GapContent>> byCase) {
    gaps.forEach(
        gap ->
            gap.cases()
                .forEach(id -> byCase.computeIfAbsent(id, key -> new ArrayList<>()).add(gap)));
  }

  private void byArticle() {
    record Named(Gap.Kind kind, String articleId) {}
    Map<Named, GapContent> named = new HashMap<>();
    before.stream()
        .filter(gap -> gap.articleId() != null)
        .forEach(gap -> named.put(new Named(gap.kind(), articleId(gap)), gap));
    for (GapContent gap : after) {
      GapContent former =
          gap.articleId() == null ? null : named.get(new Named(gap.kind(), articleId(gap)));
      if (former != null) {
        match(former, gap);
      }
    }
  }

  private static String articleId(GapContent gap) {
    return Objects.requireNonNull(gap.articleId());
  }

  private void match(GapContent former, GapContent later) {
    formerOf.put(later.key(), former);
    laterOf.put(former.key(), later);
  }

  private record Pair(GapContent former, GapContent later, int shared, double share) {}

  /** Subjects that were held back had no id to keep. */
  private void byCases(Predicate<GapContent> which, boolean ofOneKind) {
    List<Pair> pairs = new ArrayList<>();
    for (GapContent former : before) {
      if (former.number() == null || laterOf.containsKey(former.key()) || !which.test(former)) {
        continue;
      }
      shared(former, afterByCase)
          .forEach(
              (later, shared) -> {
                if (!formerOf.containsKey(later.key())
                    && (former.kind() == later.kind()) == ofOneKind
                    && 2 * shared >= Math.min(former.cases().size(), later.cases().size())) {
                  int all = former.cases().size() + later.cases().size() - shared;
                  pairs.add(new Pair(former, later, shared, (double) shared / all));
                }
              });
    }
    pairs.sort(
        Comparator.comparingDouble(Pair::share)
            .thenComparingInt(Pair::shared)
            .reversed()
            .thenComparingLong(pair -> pair.former().key())
            .thenComparingLong(pair -> pair.later().key()));
    for (Pair pair : pairs) {
      if (!laterOf.containsKey(pair.former().key()) && !formerOf.containsKey(pair.later().key())) {
        match(pair.former(), pair.later());
      }
    }
  }

  private static Map<GapContent, Integer> shared(
      GapContent gap, Map<String, List<GapContent>> byCase) {
    Map<GapContent, Integer> shared = new LinkedHashMap<>();
    gap.cases()
        .forEach(
            id ->
                byCase.getOrDefault(id, List.of()).forEach(o -> shared.merge(o, 1, Integer::sum)));
    return shared;
  }

  private static Optional<GapContent> mostOf(
      GapContent gap, Map<String, List<GapContent>> byCase, Predicate<GapContent> which) {
    return shared(gap, byCase).entrySet().stream()
        .filter(one -> which.test(one.getKey()) && 2 * one.getValue() >= gap.cases().size())
        .max(
            Map.Entry.<GapContent, Integer>comparingByValue()
                .thenComparing(one -> one.getKey().key(), Comparator.reverseOrder()))
        .map(Map.Entry::getKey);
  }

  /** What a gap of the later list was before. */
  public Optional<GapContent> former(GapContent later) {
    return Optional.ofNullable(formerOf.get(later.key()));
  }

  /** What a gap of the earlier list has become. */
  public Optional<GapContent> later(GapContent former) {
    return Optional.ofNullable(laterOf.get(former.key()));
  }

  /** The gap of the later list that now holds half or more of a gap that is gone. */
  public Optional<GapContent> joined(GapContent gone) {
    return mostOf(
        gone,
        afterByCase,
        gap -> gap.kind() == gone.kind() && gap.number() != null && former(gap).isPresent());
  }

  /** The gap of the earlier list from which half or more of a new one comes. */
  public Optional<GapContent> splitFrom(GapContent fresh) {
    return mostOf(fresh, beforeByCase, gap -> gap.kind() == fresh.kind() && gap.number() != null);
  }

  /** Everything of the earlier list. */
  public List<GapContent> before() {
    return before;
  }

  /** Everything of the later list. */
  public List<GapContent> after() {
    return after;
  }

  /** The cases of one gap that another has not, in their order. */
  public static List<String> without(Set<String> cases, Set<String> others) {
    Set<String> rest = new LinkedHashSet<>(cases);
    rest.removeAll(new HashSet<>(others));
    return List.copyOf(rest);
  }
}
