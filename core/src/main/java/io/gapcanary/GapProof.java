package io.gapcanary;

import java.time.Instant;

/**
 * What came of a gap's questions when its remedy was there.
 *
 * @param at when they were asked
 * @param replay what came of it: {@code before} is what answered without the articles that came or
 *     changed for the gap, {@code after} what answered with them, and harmed are the questions that
 *     these lead elsewhere than before. Questions of cases that are gone since are left out
 * @param harmed how many were harmed, those of cases that are gone since among them
 */
public record GapProof(Instant at, GapReplay replay, int harmed) {}
