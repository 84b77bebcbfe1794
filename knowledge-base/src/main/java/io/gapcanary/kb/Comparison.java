package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why one article stands before another for a question.
 *
 * @param ahead the one that stands before
 * @param behind the other
 * @param differences what each feature makes of it, the largest first
 */
public record Comparison(
    ExplainedMatch ahead, ExplainedMatch behind, List<Difference> differences) {

  /**
   * What one feature makes of it.
   *
   * @param name the feature
   * @param ahead its value for the article ahead
   * @param behind its value for the other
   * @param difference of the contributions: above 0 it speaks for the article ahead
   */
  public record Difference(String name, double ahead, double behind, double difference) {}

  /** Takes a copy. */
  public Comparison {
    differences = List.copyOf(differences);
  }

  /** Compares two, in either order: one that applies stands before one that does not. */
  static Comparison of(ExplainedMatch one, ExplainedMatch other) {
    boolean inOrder =
        one.applies() == other.applies() ? one.score() >= other.score() : one.applies();
    return inOrder ? ordered(one, other) : ordered(other, one);
  }

  private static Comparison ordered(ExplainedMatch ahead, ExplainedMatch behind) {
    Map<String, Contribution> others = new LinkedHashMap<>();
    behind.contributions().forEach(its -> others.put(its.name(), its));
    List<Difference> differences = new ArrayList<>();
    for (Contribution mine : ahead.contributions()) {
      Contribution its =
          others.getOrDefault(mine.name(), new Contribution(mine.name(), 0, mine.weight()));
      differences.add(
          new Difference(
              mine.name(), mine.value(), its.value(), mine.contribution() - its.contribution()));
    }
    differences.sort(
        Comparator.comparingDouble((Difference d) -> Math.abs(d.difference())).reversed());
    return new Comparison(ahead, behind, differences);
  }

  /** How far ahead it is, in score. */
  public double lead() {
    return ahead.score() - behind.score();
  }

  /**
   * The feature that speaks loudest for the article ahead; empty when the other one does not apply,
   * or none speaks for it.
   */
  public Optional<Difference> decisive() {
    return behind.applies()
        ? differences.stream().filter(d -> d.difference() > 0).findFirst()
        : Optional.empty();
  }
}
