package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfRankingTest {
  private static Candidate candidate(String id, double titleRecall, double bestOverlap) {
    double[] features = new double[Feature.COUNT];
    features[Feature.TITLE_RECALL.ordinal()] = titleRecall;
    features[Feature.BEST_OVERLAP.ordinal()] = bestOverlap;
    Header header = Header.of(Article.builder(id, "Title of " + id, "Body").language("en").build());
    return new Candidate(header, features, List.of());
  }

  /** A desk where titles mislead and passages tell. */
  private static List<Labelled.Asking> askings(int count) {
    List<Labelled.Asking> askings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double step = (i % 10) / 100.0;
      List<Candidate> found =
          List.of(candidate("right", 0.2 + step, 0.6), candidate("wrong", 0.6 - step, 0.3 + step));
      askings.add(new Labelled.Asking("right", false, 5, found, List.of(found.get(1))));
    }
    return askings;
  }

  private static double lead(Calibration calibration) {
    return calibration.score(candidate("right", 0.2, 0.6))
        - calibration.score(candidate("wrong", 0.6, 0.3));
  }

  @Test
  void whatTellsOnThisDeskCountsMoreThere() {
    Calibration shipped = Calibration.WORDS_ONLY;
    Calibration fitted = new SelfRanking(shipped, askings(300)).fit();
    assertThat(lead(fitted)).isGreaterThan(lead(shipped) + 1);
  }

  @Test
  void fewWordingsMoveLittle() {
    Calibration shipped = Calibration.WORDS_ONLY;
    double few = lead(new SelfRanking(shipped, askings(3)).fit());
    double many = lead(new SelfRanking(shipped, askings(300)).fit());
    assertThat(Math.abs(few - lead(shipped))).isLessThan((many - lead(shipped)) / 2);
  }

  @Test
  void anArticleThatWasNotFoundTeachesNothing() {
    Calibration shipped = Calibration.WORDS_ONLY;
    Candidate other = candidate("wrong", 0.5, 0.5);
    List<Labelled.Asking> lost =
        List.of(new Labelled.Asking("right", false, 5, List.of(other), List.of(other)));
    assertThat(new SelfRanking(shipped, lost).fit().rank())
        .containsExactly(shipped.rank(), within(1e-9));
  }
}
