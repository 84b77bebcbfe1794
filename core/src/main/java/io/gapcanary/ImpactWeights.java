package io.gapcanary;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much each factor of the impact counts, and how much each segment of customers.
 *
 * @param factors exponents by the factor's name, 0 (left out) to 3; those that are not named have 1
 * @param segments weights by segment, 0 to 100; those that are not named have 1. Upper and lower
 *     case are one
 */
public record ImpactWeights(Map<String, Double> factors, Map<String, Double> segments) {
  /** Everything counts as it is. */
  public static final ImpactWeights EVEN = new ImpactWeights(Map.of(), Map.of());

  private static final double MOST_EXPONENT = 3;
  private static final double MOST_WEIGHT = 100;

  /**
   * Takes copies, in order of name.
   *
   * @throws IllegalArgumentException naming what is unknown or out of range
   */
  public ImpactWeights {
    factors = factors(factors);
    segments = segments(segments);
  }

  private static Map<String, Double> factors(Map<String, Double> given) {
    Map<String, Double> copy = new TreeMap<>();
    given.forEach(
        (name, weight) -> {
          WireName.parse(ImpactFactor.class, "impactWeights:", name);
          copy.put(name, inRange("The weight of " + name, weight, MOST_EXPONENT));
        });
    return Map.copyOf(copy);
  }

  private static Map<String, Double> segments(Map<String, Double> given) {
    Map<String, Double> copy = new TreeMap<>();
    given.forEach(
        (name, weight) -> {
          if (name.isBlank()) {
            throw new IllegalArgumentException("A segment's name is blank");
          }
          copy.put(folded(name), inRange("The weight of segment " + name, weight, MOST_WEIGHT));
        });
    return Map.copyOf(copy);
  }

  private static double inRange(String what, double weight, double most) {
    if (!(weight >= 0 && weight <= most)) {
      throw new IllegalArgumentException(
          what + " must lie between 0 and " + (int) most + ", not " + weight);
    }
    return weight;
  }

  private static String folded(String segment) {
    return segment.strip().toLowerCase(Locale.ROOT);
  }

  /** The exponent of a factor. */
  public double of(ImpactFactor factor) {
    return factors.getOrDefault(factor.wireName(), 1.0);
  }

  /** The weight of a customer's segment. */
  public double ofSegment(@Nullable String segment) {
    return segment == null ? 1 : segments.getOrDefault(folded(segment), 1.0);
  }

  /** The product of an impact's factors under these weights. */
  public double score(Impact impact) {
    double score = 1;
    for (ImpactFactor factor : ImpactFactor.values()) {
      score *= Math.pow(factor.of(impact), of(factor));
    }
    return score;
  }
}
