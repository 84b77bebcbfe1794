package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    Map<String, Contribution> mine = byName(ahead);
    Map<String, Contribution> its = byName(behind);
    Set<String> names = new LinkedHashSet<>(mine.keySet());
    names.addAll(its.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      Contribution one = mine.getOrDefault(name, new Contribution(name, 0, 0));
      Contribution other = its.getOrDefault(name, new Contribution(name, 0, 0));
      differences.add(
          new Difference(
              name, one.value(), other.value(), one.contribution() - other.contribution()));
    }
    differences.sort(
        Comparator.comparingDouble((Difference d) -> Math.abs(d.difference())).reversed());
    return new Comparison(ahead, behind, differences);
  }

  private static Map<String, Contribution> byName(ExplainedMatch match) {
    Map<String, Contribution> byName = new LinkedHashMap<>();
    match.contributions().forEach(one -> byName.put(one.name(), one));
    return byName;
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
