package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What agents did with an article that was suggested for much the same question before: how often
 * they dismissed it, and how often they gave it.
 *
 * <p>Agents give the right article in a share of .6 of the cases and dismiss it in .05; with a
 * wrong one it is the other way round. So {@code d} dismissals and {@code g} links are worth {@code
 * (g - d) log(.6/.05)} in log-odds (naive Bayes), each counted by how alike its question is, once a
 * voice. Only doubt is taken from it, and none from fewer than two voices: what speaks for an
 * article is measured on its texts, and one agent may be wrong.
 *
 * @param dismissed questions that it was dismissed for, each counted by how alike it is
 * @param given questions that it was given for, likewise
 * @param voices how many customers and agents, independent of each other, dismissed it
 * @param texts the questions that it was dismissed for, the most similar first
 */
record Dismissals(double dismissed, double given, int voices, List<String> texts) {
  /** Its name among what a score is made of. */
  static final String NAME = "dismissed";

  static final Dismissals NONE = new Dismissals(0, 0, 0, List.of());

  /** Dismissed questions that are looked at. */
  static final int NEAREST = 12;

  /** Questions less alike than this, a probability, are not much the same. */
  static final double ALIKE = 0.5;

  private static final int FEWEST_VOICES = 2;

  private static final double WORTH = Math.log(0.6 / 0.05);
  private static final double MOST_DOUBT = 5;

  /** A question of the past, whose word it is, and the probability that it asks the same. */
  record Past(String text, Set<String> voices, double alike) {}

  static Dismissals of(List<Past> dismissed, List<Past> given) {
    List<Past> against = heard(dismissed);
    return new Dismissals(
        sum(against),
        sum(heard(given)),
        against.size(),
        against.stream().map(Past::text).distinct().toList());
  }

  /** Those that are alike, the most similar first, each voice once. */
  private static List<Past> heard(List<Past> past) {
    Set<String> voices = new HashSet<>();
    List<Past> heard = new ArrayList<>();
    past.stream()
        .filter(one -> one.alike() >= ALIKE)
        .sorted(Comparator.comparingDouble(Past::alike).reversed().thenComparing(Past::text))
        .filter(one -> Collections.disjoint(voices, one.voices()))
        .forEach(
            one -> {
              voices.addAll(one.voices());
              heard.add(one);
            });
    return heard;
  }

  private static double sum(List<Past> past) {
    return past.stream().mapToDouble(Past::alike).sum();
  }

  /** {@link #doubt} as a part of an article's score, which counts so many times as much. */
  Contribution contribution(double sharpness) {
    return new Contribution(NAME, doubt() / -WORTH, -WORTH / sharpness);
  }

  /** What it takes from the log-odds that the article answers: 0 or less. */
  double doubt() {
    return voices < FEWEST_VOICES
        ? 0
        : Math.max(-MOST_DOUBT, Math.min(0, (given - dismissed) * WORTH));
  }
}
