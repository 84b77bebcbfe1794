package io.gapcanary.kb;

import java.util.ArrayList;
import java.util.List;

/**
 * Questions that a desk labelled itself.
 *
 * @param askings each text that was asked
 * @param articles how many articles the desk has in the language
 * @param ranks whether its wordings tell how articles are to be ranked
 */
record Labelled(List<Asking> askings, int articles, boolean ranks) {
  /**
   * Of so many articles, one more is withheld along with the right one in a third asking; a smaller
   * desk has none to spare, and asks twice.
   */
  private static final int ARTICLES_A_NEIGHBOUR = 30;

  private static final int MOST_NEIGHBOURS = 4;

  /**
   * A question whose article alone is withheld counts less than one whose neighbours are too: what
   * a desk's own texts leave behind is nearer than what a desk really lacks.
   */
  private static final double NEAR = 0.7;

  /** A passage whose article is not among so many is no question that the rest of it answers. */
  private static final int FOUND = 3;

  /**
   * A text that was asked twice.
   *
   * @param article its article
   * @param passage whether it is a passage of the article, and not a wording
   * @param terms how many terms it has
   * @param present what was found with only the text itself left out
   * @param withheld what was found without its article
   */
  record Asking(
      String article,
      boolean passage,
      int terms,
      List<Candidate> present,
      List<Candidate> withheld) {}

  /** The calibration of the desk they are of, beginning from the one that ships. */
  Calibration fit(Calibration shipped) {
    Calibration ranked = ranks ? new SelfRanking(shipped, askings).fit() : shipped;
    List<SelfCalibration.Sample> samples = samples(ranked);
    return samples.stream().anyMatch(SelfCalibration.Sample::answerable)
        ? new SelfCalibration(ranked, samples, articles).fit()
        : ranked;
  }

  /**
   * Each asking as a question that some article answers, and as two that none does: with its
   * article withheld, and with its article's neighbours too, for what is missing is often a whole
   * subject.
   */
  private List<SelfCalibration.Sample> samples(Calibration calibration) {
    int neighbours = Math.min(MOST_NEIGHBOURS, articles / ARTICLES_A_NEIGHBOUR);
    List<SelfCalibration.Sample> samples = new ArrayList<>();
    for (Asking asking : askings) {
      List<Candidate> present = calibration.sorted(asking.present());
      if (!asking.passage() || isAmongFirst(asking.article(), present)) {
        add(calibration, present, asking.terms(), true, 1, samples);
      }
      List<Candidate> withheld = calibration.sorted(asking.withheld());
      add(calibration, withheld, asking.terms(), false, NEAR, samples);
      if (neighbours > 0) {
        List<Candidate> afar =
            withheld.subList(Math.min(neighbours, withheld.size()), withheld.size());
        add(calibration, afar, asking.terms(), false, 1, samples);
      }
    }
    return samples;
  }

  private static boolean isAmongFirst(String article, List<Candidate> sorted) {
    return sorted.stream().limit(FOUND).anyMatch(one -> one.header().id().equals(article));
  }

  private static void add(
      Calibration calibration,
      List<Candidate> sorted,
      int terms,
      boolean answerable,
      double share,
      List<SelfCalibration.Sample> samples) {
    if (!sorted.isEmpty()) {
      samples.add(new SelfCalibration.Sample(calibration.signs(sorted, terms), answerable, share));
    }
  }
}
