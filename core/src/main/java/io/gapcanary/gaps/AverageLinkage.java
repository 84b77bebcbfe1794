package io.gapcanary.gaps;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Groups by average linkage: the two groups whose members are most alike in the mean are joined,
 * again and again, while that mean reaches a threshold. For a few dozen.
 */
final class AverageLinkage {
  private AverageLinkage() {}

  /**
   * The groups, each in ascending order, by their first members.
   *
   * @param alike how alike each two are, symmetric
   */
  static List<List<Integer>> groups(double[][] alike, double threshold) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < alike.length; i++) {
      groups.add(new ArrayList<>(List.of(i)));
    }
    while (joinNearest(groups, alike, threshold)) {
      // until no two are near enough
    }
    groups.forEach(group -> group.sort(Comparator.naturalOrder()));
    groups.sort(Comparator.comparing(List::getFirst));
    return groups;
  }

  private static boolean joinNearest(
      List<List<Integer>> groups, double[][] alike, double threshold) {
    double nearest = threshold;
    int one = -1;
    int other = -1;
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        double mean = mean(groups.get(i), groups.get(j), alike);
        if (mean > nearest || (one < 0 && mean == nearest)) {
          nearest = mean;
          one = i;
          other = j;
        }
      }
    }
    if (one < 0) {
      return false;
    }
    groups.get(one).addAll(groups.remove(other));
    return true;
  }

  /** How alike the members of two groups are in the mean. */
  static double mean(List<Integer> group, List<Integer> other, double[][] alike) {
    double sum = 0;
    for (int i : group) {
      for (int j : other) {
        sum += alike[i][j];
      }
    }
    return sum / (group.size() * (double) other.size());
  }

  /** The member that the others of a group are most like; of equals the first. */
  static int typical(double[][] alike, List<Integer> group) {
    int best = group.getFirst();
    double most = -1;
    for (int i : group) {
      double sum = 0;
      for (int j : group) {
        sum += alike[i][j];
      }
      if (sum > most) {
        most = sum;
        best = i;
      }
    }
    return best;
  }
}
