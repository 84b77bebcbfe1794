package io.gapcanary;

import java.util.List;
import java.util.Map;

/**
 * What cases that are open now ask and nothing answers: provisional, and in no figure of closed
 * cases. As of {@link Desk#lookAtOpenCases}.
 *
 * @param cases how many open cases have a question that nothing answers
 * @param gaps which of them belong to gaps, by the gaps' ids
 * @param forming what has no gap yet and several customers ask, the most customers first
 */
public record OpenNow(int cases, Map<String, Asked> gaps, List<FormingSubject> forming) {
  /** Nothing is known of open cases. */
  public static final OpenNow NOTHING = new OpenNow(0, Map.of(), List.of());

  /** Takes copies. */
  public OpenNow {
    gaps = Map.copyOf(gaps);
    forming = List.copyOf(forming);
  }

  /**
   * The open cases that ask what a gap's cases ask.
   *
   * @param customers how many distinct customers; unknown ones count one each
   * @param cases the cases, the one that opened first at the head
   */
  public record Asked(int customers, List<String> cases) {
    /** By nobody. */
    public static final Asked NOBODY = new Asked(0, List.of());

    /** Takes a copy. */
    public Asked {
      cases = List.copyOf(cases);
    }
  }

  /** What is asked of a gap. */
  public Asked of(String gapId) {
    return gaps.getOrDefault(gapId, Asked.NOBODY);
  }
}
