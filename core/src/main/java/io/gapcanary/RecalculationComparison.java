package io.gapcanary;

import io.gapcanary.Recalculation.CaseDifference;
import io.gapcanary.Recalculation.Comparison;
import io.gapcanary.Recalculation.Difference;
import io.gapcanary.Recalculation.GapDifference;
import io.gapcanary.gaps.GapMatching;
import io.gapcanary.storage.GapContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a desk against another one of the same cases. */
final class RecalculationComparison {
  private static final int CASES = 200;
  private static final int CASES_OF_A_GAP = 20;
  private static final int PAGE = 1000;

  private final Desk now;
  private final Desk then;
  private final GapMatching matching;
  private final Map<String, Place> placesNow;
  private final Map<String, Place> placesThen;

  /** A gap, and where it stands. */
  private record Place(Gap gap, int rank) {}

  RecalculationComparison(Desk now, Desk then) {
    this.now = now;
    this.then = then;
    this.matching =
        new GapMatching(
            now.work().read(session -> session.gapCases().contents()),
            then.work().read(session -> session.gapCases().contents()));
    Instant asOf = now.now();
    this.placesNow = places(now, asOf);
    this.placesThen = places(then, asOf);
  }

  private static Map<String, Place> places(Desk desk, Instant asOf) {
    Map<String, Place> places = new HashMap<>();
    int rank = 0;
    GapFilter filter = new GapFilter(Set.of(), Set.of(), PAGE, null);
    for (GapPage page = desk.board().list(filter, asOf);
        ;
        page = desk.board().list(filter.after(page.next()), asOf)) {
      for (Gap gap : page.gaps()) {
        places.put(gap.id(), new Place(gap, gap.state().live() ? ++rank : 0));
      }
      if (page.next() == null) {
        return places;
      }
    }
  }

  GapMatching matching() {
    return matching;
  }

  Comparison comparison() {
    List<GapDifference> gaps = new ArrayList<>();
    int same = 0;
    for (GapContent gap : matching.before()) {
      if (gap.number() != null && !gap.cases().isEmpty()) {
        GapDifference difference = ofFormer(gap);
        if (difference == null) {
          same++;
        } else {
          gaps.add(difference);
        }
      }
    }
    for (GapContent gap : matching.after()) {
      if (gap.number() != null && matching.former(gap).filter(f -> f.number() != null).isEmpty()) {
        gaps.add(fresh(gap));
      }
    }
    gaps.sort(
        Comparator.comparingInt(
                (GapDifference gap) -> Math.max(gap.casesBefore(), gap.casesAfter()))
            .reversed()
            .thenComparing(GapDifference::title));
    return cases(gaps, same);
  }

  /** Null where it is the same. */
  private @Nullable GapDifference ofFormer(GapContent gap) {
    GapContent later = matching.later(gap).orElse(null);
    if (later == null || later.number() == null) {
      GapContent into = matching.joined(gap).orElse(null);
      boolean merged = into != null && !gap.lasts();
      return of(
          gap,
          gap.lasts() ? gap : null,
          merged ? Difference.MERGED : Difference.GONE,
          into == null ? null : matching.former(into).map(GapContent::id).orElse(null),
          gap.lasts());
    }
    Difference difference = difference(gap, later);
    return difference == null ? null : of(gap, later, difference, null, false);
  }

  private @Nullable Difference difference(GapContent gap, GapContent later) {
    if (later.cases().size() > gap.cases().size()) {
      return Difference.GROWN;
    }
    if (later.cases().size() < gap.cases().size()) {
      return Difference.SHRUNK;
    }
    if (!later.cases().equals(gap.cases()) || later.kind() != gap.kind()) {
      return Difference.CHANGED;
    }
    boolean moved = gap.state().live() && rank(placesNow, gap) != rank(placesThen, later);
    return moved ? Difference.MOVED : null;
  }

  private static int rank(Map<String, Place> places, GapContent gap) {
    Place place = places.get(String.valueOf(gap.id()));
    return place == null ? 0 : place.rank();
  }

  /** With what it has in common with a later one, or with nothing. */
  private GapDifference of(
      GapContent gap,
      @Nullable GapContent later,
      Difference difference,
      @Nullable String other,
      boolean stays) {
    Place place = Objects.requireNonNull(placesNow.get(String.valueOf(gap.id())));
    Set<String> cases = later == null ? Set.of() : later.cases();
    int rankAfter = later == null ? 0 : stays ? place.rank() : rank(placesThen, later);
    return new GapDifference(
        gap.id(),
        difference,
        later == null ? gap.kind() : later.kind(),
        place.gap().title(),
        gap.state(),
        place.gap().owner(),
        place.rank(),
        rankAfter,
        gap.cases().size(),
        cases.size(),
        some(GapMatching.without(cases, gap.cases())),
        some(GapMatching.without(gap.cases(), cases)),
        other,
        stays);
  }

  private GapDifference fresh(GapContent gap) {
    Place place = Objects.requireNonNull(placesThen.get(String.valueOf(gap.id())));
    GapContent from = matching.splitFrom(gap).orElse(null);
    return new GapDifference(
        matching.former(gap).map(GapContent::id).orElse(null),
        from == null ? Difference.NEW : Difference.SPLIT,
        gap.kind(),
        place.gap().title(),
        gap.state(),
        null,
        0,
        place.rank(),
        0,
        gap.cases().size(),
        some(List.copyOf(gap.cases())),
        List.of(),
        from == null ? null : from.id(),
        false);
  }

  private static List<String> some(List<String> cases) {
    return cases.subList(0, Math.min(CASES_OF_A_GAP, cases.size()));
  }

  private record Said(String outcome, @Nullable String repeatOf) {}

  private Comparison cases(List<GapDifference> gaps, int same) {
    Map<String, Said> later = new HashMap<>();
    then.outcomes(
        outcome ->
            later.put(
                outcome.caseId(), new Said(outcome.outcome().wireName(), outcome.repeatOf())));
    List<CaseDifference> repeats = new ArrayList<>();
    List<CaseDifference> outcomes = new ArrayList<>();
    int[] counts = new int[3];
    now.outcomes(
        outcome -> {
          Said said = later.get(outcome.caseId());
          if (said == null) {
            return;
          }
          counts[0] += outcome.repeatOf() == null ? 0 : 1;
          counts[1] += said.repeatOf() == null ? 0 : 1;
          if (!Objects.equals(outcome.repeatOf(), said.repeatOf()) && repeats.size() < CASES) {
            repeats.add(new CaseDifference(outcome.caseId(), outcome.repeatOf(), said.repeatOf()));
          }
          if (!said.outcome().equals(outcome.outcome().wireName())) {
            counts[2]++;
            if (outcomes.size() < CASES) {
              outcomes.add(
                  new CaseDifference(
                      outcome.caseId(), outcome.outcome().wireName(), said.outcome()));
            }
          }
        });
    return new Comparison(gaps, same, counts[0], counts[1], repeats, counts[2], outcomes);
  }
}
