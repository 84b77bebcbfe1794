package io.gapcanary.kb;

/**
 * A remembered question that resembles another.
 *
 * @param id the id it was remembered under
 * @param sameSubject the probability that both ask the same thing, in [0, 1]
 */
public record Neighbour(String id, double sameSubject) {}
