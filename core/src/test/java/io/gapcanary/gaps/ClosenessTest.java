package io.gapcanary.gaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two groups of twenty questions each: 0 to 19, and 20 to 39. */
class ClosenessTest {
  private static final int SIZE = 20;
  private static final List<Integer> ONE = IntStream.range(0, SIZE).boxed().toList();
  private static final List<Integer> OTHER = IntStream.range(SIZE, 2 * SIZE).boxed().toList();

  private static double[][] alike(double one, double other, double between) {
    double[][] alike = new double[2 * SIZE][2 * SIZE];
    for (int i = 0; i < alike.length; i++) {
      for (int j = 0; j < alike.length; j++) {
        boolean first = i < SIZE;
        alike[i][j] = i == j ? 1 : first != j < SIZE ? between : first ? one : other;
      }
    }
    return alike;
  }

  private static List<List<Integer>> alone() {
    return IntStream.range(0, 2 * SIZE).mapToObj(List::of).toList();
  }

  @Test
  void groupsAsAlikeAcrossAsWithinAreOne() {
    assertThat(new Closeness(alike(0.45, 0.45, 0.45)).relative(ONE, OTHER))
        .isCloseTo(1, within(1e-9));
    assertThat(new Closeness(alike(0.9, 0.9, 0)).relative(ONE, OTHER)).isZero();
  }

  @Test
  void aSubjectThatIsWordedInManyWaysIsHeldToItsOwnMeasure() {
    Closeness manyWays = new Closeness(alike(0.2, 0.25, 0.13));
    Closeness oneWay = new Closeness(alike(0.8, 0.7, 0.23));
    assertThat(manyWays.relative(ONE, OTHER)).isGreaterThan(0.5);
    assertThat(oneWay.relative(ONE, OTHER)).isLessThan(0.35);
    assertThat(manyWays.groups(List.of(ONE, OTHER), 0.4)).hasSize(1);
    assertThat(oneWay.groups(List.of(ONE, OTHER), 0.4)).containsExactly(ONE, OTHER);
  }

  @Test
  void whatIsCloseIsJoinedFromSingleQuestionsOn() {
    List<List<Integer>> groups = new Closeness(alike(0.8, 0.7, 0.1)).groups(alone(), 0.4);
    assertThat(groups).hasSize(2);
    assertThat(groups.getFirst()).hasSameElementsAs(ONE);
    assertThat(groups.getLast()).hasSameElementsAs(OTHER);
  }

  @Test
  void joiningAndComparingAnewComeToTheSame() {
    Closeness closeness = new Closeness(alike(0.5, 0.3, 0.17));
    double relative = closeness.relative(ONE, OTHER);
    assertThat(closeness.groups(alone(), relative - 1e-9)).hasSize(1);
    assertThat(closeness.groups(alone(), relative + 1e-9)).hasSize(2);
  }

  @Test
  void unitsStayTogether() {
    List<List<Integer>> units = List.of(List.of(0, SIZE), List.of(1), List.of(SIZE + 1));
    assertThat(new Closeness(alike(0.9, 0.9, 0)).groups(units, 9)).contains(List.of(0, SIZE));
  }

  @Test
  void theNearestGroupIsTheMostAlikeInTheMean() {
    double[][] far = {{0.1, 0.3}};
    double[][] near = {{0.5, 0.1}};
    assertThat(Closeness.nearest(List.of(0), List.of(far, near))).isEqualTo(1);
    assertThat(Closeness.mean(List.of(0), near)).isCloseTo(0.3, within(1e-9));
    assertThat(Closeness.mean(List.of(0), new double[][] {{}})).isZero();
  }

  @Test
  void looseGapsThatAreHardlyAlikeAreNotOne() {
    Closeness loose = new Closeness(alike(0.2, 0.25, 0.13));
    assertThat(loose.relative(ONE, OTHER)).isGreaterThan(0.5);
    assertThat(Consolidation.relative(loose, ONE, OTHER)).isZero();
    assertThat(Consolidation.relative(loose, ONE, List.of())).isZero();
    Closeness alike = new Closeness(alike(0.2, 0.25, 0.16));
    assertThat(Consolidation.relative(alike, ONE, OTHER)).isEqualTo(alike.relative(ONE, OTHER));
  }
}
