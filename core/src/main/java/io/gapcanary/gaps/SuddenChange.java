package io.gapcanary.gaps;

import io.gapcanary.RateChange;
import io.gapcanary.storage.ReturnStore.Trial;
import java.util.List;
import java.util.Optional;

/**
 * Finds a sudden rise of an article's repeat rate.
 *
 * <p>The trials, each customer's chain once, in the order of their closes, are split in two, and
 * the log-likelihood ratio of two rates against one tells how much speaks for a change there. A new
 * edition is one split that is known beforehand: {@value #KNOWN} is enough. Without one, every
 * split of the present edition's trials that leaves {@value #BEFORE} before it is tried, and the
 * best must reach {@value #SEARCHED}, because the best of many is often large by chance. Either way
 * at least {@value #AFTER} trials and {@value #RETURNS} returns must have come since, at a rate
 * half as high again, and by a tenth, as before. A trial whose window is not over counts as one
 * without a return: that delays a finding and never makes one.
 *
 * <p>{@code docs/health.md} has what it misses and how often it is wrong.
 */
final class SuddenChange {
  /** So many of the latest trials are looked at. */
  static final int LOOKED_AT = 300;

  private static final double KNOWN = 5;
  private static final double SEARCHED = 9;
  private static final int BEFORE = 20;
  private static final int AFTER = 5;
  private static final int RETURNS = 3;
  private static final double RATIO = 1.5;
  private static final double MARGIN = 0.1;

  private SuddenChange() {}

  /**
   * The rise that the trials show.
   *
   * @param trials the earliest first
   * @param present the edition that is given now
   */
  static Optional<RateChange> find(List<Trial> trials, int present) {
    Sums sums = new Sums(trials);
    int first = (int) trials.stream().filter(trial -> trial.edition() < present).count();
    Optional<RateChange> edited =
        first >= BEFORE
            ? sums.split(RateChange.Kind.EDITION, 0, first).filter(c -> c.evidence() >= KNOWN)
            : Optional.empty();
    return edited.or(() -> sums.best(first));
  }

  private static final class Sums {
    private final List<Trial> trials;
    private final int[] returned;

    Sums(List<Trial> trials) {
      this.trials = trials;
      this.returned = new int[trials.size() + 1];
      for (int i = 0; i < trials.size(); i++) {
        returned[i + 1] = returned[i] + (trials.get(i).returned() ? 1 : 0);
      }
    }

    Optional<RateChange> best(int from) {
      Optional<RateChange> best = Optional.empty();
      for (int at = from + BEFORE; at <= trials.size() - AFTER; at++) {
        Optional<RateChange> change = split(RateChange.Kind.TIME, from, at);
        if (change.isPresent()
            && change.get().evidence() >= SEARCHED
            && (best.isEmpty() || change.get().evidence() > best.get().evidence())) {
          best = change;
        }
      }
      return best;
    }

    Optional<RateChange> split(RateChange.Kind kind, int from, int at) {
      int before = at - from;
      int beforeReturned = returned[at] - returned[from];
      int after = trials.size() - at;
      int afterReturned = returned[trials.size()] - returned[at];
      double former = (double) beforeReturned / before;
      if (after < AFTER
          || afterReturned < RETURNS
          || (double) afterReturned / after < Math.max(former * RATIO, former + MARGIN)) {
        return Optional.empty();
      }
      double evidence =
          logLikelihood(afterReturned, after)
              + logLikelihood(beforeReturned, before)
              - logLikelihood(afterReturned + beforeReturned, after + before);
      return Optional.of(
          new RateChange(
              kind,
              trials.get(at).at(),
              before,
              beforeReturned,
              after,
              afterReturned,
              Rounded.to4(evidence)));
    }

    private static double logLikelihood(int hits, int of) {
      return term(hits, of) + term(of - hits, of);
    }

    private static double term(int count, int of) {
      return count == 0 ? 0 : count * Math.log((double) count / of);
    }
  }
}
