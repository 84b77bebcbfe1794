/**
 * How fast a match is on a desk of many articles, how that grows, and how it compares with a search
 * engine that is asked for the same words.
 *
 * <p>{@link io.gapcanary.benchmarks.MatchingBenchmark} is the program; docs/benchmarks.md has the
 * figures.
 */
@NullMarked
package io.gapcanary.benchmarks;

import org.jspecify.annotations.NullMarked;
