package io.gapcanary.kb;

import java.util.Map;
import java.util.Set;

/**
 * Distinct terms, each with how telling it is, laid out to be held against the terms of many texts.
 *
 * <p>Immutable and thread-safe.
 */
final class WeighedTerms {
  /** Spreads hash codes over the table: 2^32 divided by the golden ratio. */
  private static final int SPREAD = 0x9E3779B9;

  private final PackedTerms terms;
  private final double[] weights;
  private final double all;

  /** Places of terms by hash code, plus one; at most a quarter of it is taken, the rest is 0. */
  private final int[] table;

  private final int shift;

  private WeighedTerms(PackedTerms terms, double[] weights) {
    this.terms = terms;
    this.weights = weights;
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    all = sum;
    int bits = 34 - Integer.numberOfLeadingZeros(Math.max(1, terms.size()));
    shift = 32 - bits;
    table = new int[1 << bits];
    for (int place = 0; place < terms.size(); place++) {
      int slot = slot(terms.hash(place));
      while (table[slot] != 0) {
        slot = next(slot);
      }
      table[slot] = place + 1;
    }
  }

  /** Terms with their weights. */
  static WeighedTerms of(Map<String, Double> weights) {
    return of(weights.keySet(), weights, 0);
  }

  /**
   * Terms with the weights that some of them have.
   *
   * @param otherwise the weight of the others
   */
  static WeighedTerms of(Set<String> terms, Map<String, Double> weights, double otherwise) {
    PackedTerms packed = PackedTerms.of(terms);
    double[] each = new double[packed.size()];
    int place = 0;
    for (String term : packed) {
      each[place++] = weights.getOrDefault(term, otherwise);
    }
    return new WeighedTerms(packed, each);
  }

  boolean isEmpty() {
    return weights.length == 0;
  }

  int size() {
    return weights.length;
  }

  /** The weight of the term at a place. */
  double weight(int place) {
    return weights[place];
  }

  /** How these compare with a text's: see {@link WordLikeness}. */
  WordLikeness likeness(Set<String> text) {
    double shared = 0;
    int common = 0;
    PackedTerms other = PackedTerms.of(text);
    for (int i = 0; i < other.size(); i++) {
      int place = place(other, i);
      if (place >= 0) {
        shared += weights[place];
        common++;
      }
    }
    return WordLikeness.of(shared, all, other.size() - common);
  }

  /** Adds one for each of these terms that a text has, by place. */
  void count(Set<String> text, int[] counts) {
    PackedTerms other = PackedTerms.of(text);
    for (int i = 0; i < other.size(); i++) {
      int place = place(other, i);
      if (place >= 0) {
        counts[place]++;
      }
    }
  }

  /** Where a text's term is among these, or -1. */
  private int place(PackedTerms text, int i) {
    int hash = text.hash(i);
    for (int slot = slot(hash); table[slot] != 0; slot = next(slot)) {
      int place = table[slot] - 1;
      if (terms.hash(place) == hash && terms.isSame(place, text, i)) {
        return place;
      }
    }
    return -1;
  }

  private int slot(int hash) {
    return (hash * SPREAD) >>> shift;
  }

  private int next(int slot) {
    return (slot + 1) & (table.length - 1);
  }
}
