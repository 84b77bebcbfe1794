package io.gapcanary;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What floors would do, told by the desk's latest cases in a language: each is asked again of
 * today's articles, with what it taught left out.
 *
 * <p>It is an estimate. A case in which an agent gave an article counts as one that some article
 * answers, any other as one that none does; agents who do not give every article that answers make
 * suggestions look worse than they are.
 *
 * @param language a BCP 47 primary tag
 * @param cases the cases, the latest first
 */
public record FloorOutlook(String language, List<Asked> cases) {
  /** Takes a copy. */
  public FloorOutlook {
    cases = List.copyOf(cases);
  }

  /**
   * A case, asked again.
   *
   * @param caseId the case
   * @param question what it asks
   * @param closedAt when it closed
   * @param answerable the probability that some article answers today
   * @param given whether an article was given in it
   */
  public record Asked(
      String caseId, String question, Instant closedAt, double answerable, boolean given) {}

  /**
   * What a floor would do.
   *
   * @param floor the floor
   * @param wrongSuggestions in how many cases without an article given something is suggested
   * @param missed in how many cases with one given nothing is
   */
  public record Point(double floor, int wrongSuggestions, int missed) {}

  /**
   * What moving the floor would change.
   *
   * @param toSuggestion cases that got nothing and would get a suggestion, the latest first
   * @param toSilence cases that got a suggestion and would get nothing, the latest first
   */
  public record Change(List<Asked> toSuggestion, List<Asked> toSilence) {
    /** Takes copies. */
    public Change {
      toSuggestion = List.copyOf(toSuggestion);
      toSilence = List.copyOf(toSilence);
    }
  }

  /** How many of the cases were given an article. */
  public int given() {
    return (int) cases.stream().filter(Asked::given).count();
  }

  /** How many were not. */
  public int notGiven() {
    return cases.size() - given();
  }

  /** What a floor would do. */
  public Point at(double floor) {
    int wrong = 0;
    int missed = 0;
    for (Asked one : cases) {
      boolean suggested = one.answerable() >= floor;
      wrong += suggested && !one.given() ? 1 : 0;
      missed += !suggested && one.given() ? 1 : 0;
    }
    return new Point(floor, wrong, missed);
  }

  /** What every twentieth from 0.05 to 0.95 would do. */
  public List<Point> curve() {
    return IntStream.range(1, 20).mapToObj(twentieth -> at(twentieth / 20.0)).toList();
  }

  /**
   * What moving the floor would change.
   *
   * @throws IllegalArgumentException when {@code to} is no probability in (0, 1)
   */
  public Change change(double from, double to) {
    FloorDecision.requireProbability(to);
    List<Asked> toSuggestion = new ArrayList<>();
    List<Asked> toSilence = new ArrayList<>();
    for (Asked one : cases) {
      boolean before = one.answerable() >= from;
      boolean after = one.answerable() >= to;
      if (after && !before) {
        toSuggestion.add(one);
      } else if (before && !after) {
        toSilence.add(one);
      }
    }
    return new Change(toSuggestion, toSilence);
  }
}
