package io.gapcanary.gaps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How close groups of questions are, of which each two have been compared.
 *
 * <p>The relative closeness of two groups (Karypis, Han and Kumar 1999, "Chameleon") is the mean
 * probability that a question of one and a question of the other ask the same, over the geometric
 * mean of that within each: 1 when the two are as alike across as within. A subject that everybody
 * words alike and one that everybody words otherwise are thus held to their own measure.
 */
final class Closeness {
  /** What two questions of a subject are alike in the mean, before any have been compared. */
  private static final double USUAL = 0.45;

  /** So many pairs are taken to be as alike as usual, beside those of a group. */
  private static final int USUAL_PAIRS = 3;

  private final double[][] alike;

  /**
   * @param alike the probability that each two questions ask the same, symmetric
   */
  Closeness(double[][] alike) {
    this.alike = alike;
  }

  /** The relative closeness of two groups, mostly in [0, 1]. */
  double relative(List<Integer> one, List<Integer> other) {
    return between(one, other) / Math.sqrt(within(one) * within(other));
  }

  /** The mean probability that a question of one and a question of the other ask the same. */
  double between(List<Integer> one, List<Integer> other) {
    return sum(one, other) / ((double) one.size() * other.size());
  }

  /**
   * How alike some questions are to a group in the mean, 0 when it is empty.
   *
   * @param alike a row a question, a column a question of the group
   */
  static double mean(List<Integer> rows, double[][] alike) {
    return rows.stream().flatMapToDouble(i -> Arrays.stream(alike[i])).average().orElse(0);
  }

  /** The group that some questions are most like in the mean, of equals the first. */
  static int nearest(List<Integer> rows, List<double[][]> alikeByGroup) {
    int nearest = 0;
    double most = -1;
    for (int i = 0; i < alikeByGroup.size(); i++) {
      double mean = mean(rows, alikeByGroup.get(i));
      if (mean > most) {
        nearest = i;
        most = mean;
      }
    }
    return nearest;
  }

  private double within(List<Integer> group) {
    return within(pairs(group), group.size());
  }

  /** The likeness of each two of a group, summed. */
  private double pairs(List<Integer> group) {
    double itself = group.stream().mapToDouble(i -> alike[i][i]).sum();
    return (sum(group, group) - itself) / 2;
  }

  private static double within(double sumOfPairs, int size) {
    double pairs = size * (size - 1) / 2.0;
    return (sumOfPairs + USUAL_PAIRS * USUAL) / (pairs + USUAL_PAIRS);
  }

  private double sum(List<Integer> one, List<Integer> other) {
    double sum = 0;
    for (int i : one) {
      for (int j : other) {
        sum += alike[i][j];
      }
    }
    return sum;
  }

  /**
   * Groups by joining the two relatively closest, again and again, while they are as close as the
   * threshold. For a few dozen.
   *
   * @param units what is joined from the start; each index once
   * @return the largest first
   */
  List<List<Integer>> groups(List<List<Integer>> units, double threshold) {
    Joining joining = new Joining(units);
    while (joining.joinClosest(threshold)) {
      // until no two are close enough
    }
    return joining.groups.stream()
        .filter(group -> !group.isEmpty())
        .sorted(Comparator.comparingInt((List<Integer> group) -> group.size()).reversed())
        .toList();
  }

  /**
   * Groups on their way, with the summed likeness of each two; what has joined another is empty.
   */
  private final class Joining {
    private final List<List<Integer>> groups = new ArrayList<>();
    private final double[][] sums;

    Joining(List<List<Integer>> units) {
      units.forEach(unit -> groups.add(new ArrayList<>(unit)));
      sums = new double[units.size()][units.size()];
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < sums.length; j++) {
          sums[i][j] = i == j ? pairs(units.get(i)) : sum(units.get(i), units.get(j));
        }
      }
    }

    boolean joinClosest(double threshold) {
      double closest = threshold;
      int one = -1;
      int other = -1;
      for (int i = 0; i < sums.length; i++) {
        for (int j = i + 1; j < sums.length; j++) {
          double relative = relative(i, j);
          if (relative > closest || (one < 0 && relative == closest)) {
            closest = relative;
            one = i;
            other = j;
          }
        }
      }
      if (one >= 0) {
        join(one, other);
      }
      return one >= 0;
    }

    private double relative(int i, int j) {
      int mine = groups.get(i).size();
      int its = groups.get(j).size();
      return mine == 0 || its == 0
          ? -1
          : sums[i][j]
              / ((double) mine * its)
              / Math.sqrt(within(sums[i][i], mine) * within(sums[j][j], its));
    }

    private void join(int one, int other) {
      double pairs = sums[one][one] + sums[other][other] + sums[one][other];
      for (int k = 0; k < sums.length; k++) {
        sums[one][k] += sums[other][k];
        sums[k][one] = sums[one][k];
      }
      sums[one][one] = pairs;
      groups.get(one).addAll(groups.get(other));
      groups.get(other).clear();
    }
  }
}
