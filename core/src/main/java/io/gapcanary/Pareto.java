package io.gapcanary;

/**
 * How few gaps make most of the cost.
 *
 * @param share the share of the cost that is meant, 0.8
 * @param gaps so many live gaps, the first ones by impact, make at least that share
 * @param of so many there are
 * @param score what all of them cost
 */
public record Pareto(double share, int gaps, int of, double score) {
  /** The share that is meant. */
  public static final double MOST = 0.8;
}
