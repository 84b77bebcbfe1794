package io.gapcanary;

/**
 * How many gaps there are of a kind in a state.
 *
 * @param kind what is missing
 * @param state where they stand
 * @param count how many, 1 or more
 */
public record GapCount(Gap.Kind kind, Gap.State state, int count) {}
