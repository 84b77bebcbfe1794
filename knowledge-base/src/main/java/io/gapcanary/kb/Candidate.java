package io.gapcanary.kb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An article that may answer, measured.
 *
 * @param header the article
 * @param features by ordinal of {@link Feature}
 * @param units its units that were found, the most similar first
 */
record Candidate(Header header, double[] features, List<ScoredUnit> units) {

  /**
   * A unit with how near it is.
   *
   * @param meaning the cosine of meaning as seen from the desk's {@link Centre}, 0 without
   * @param seen its vector as seen from there, or {@code null}
   */
  record ScoredUnit(Unit unit, WordLikeness words, double meaning, float @Nullable [] seen) {
    double nearness() {
      return meaning + words.overlap() + 0.5 * words.coverage();
    }
  }

  double feature(Feature feature) {
    return features[feature.ordinal()];
  }

  /** Without its units: what is kept of many questions at once. */
  Candidate measured() {
    return new Candidate(header, features, List.of());
  }
}
