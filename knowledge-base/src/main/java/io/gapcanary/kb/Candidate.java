package io.gapcanary.kb;

import java.util.List;

/**
 * An article that may answer, measured.
 *
 * @param header the article
 * @param features by ordinal of {@link Feature}
 * @param units its units that were found, the most similar first
 */
record Candidate(Header header, double[] features, List<ScoredUnit> units) {

  /** A unit with how near it is. */
  record ScoredUnit(Unit unit, double coverage, double overlap, double meaning) {
    double nearness() {
      return meaning + overlap + 0.5 * coverage;
    }
  }

  double feature(Feature feature) {
    return features[feature.ordinal()];
  }
}
