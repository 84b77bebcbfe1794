package io.gapcanary.gaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gapcanary.storage.GivingStore.Alike;
import io.gapcanary.storage.GivingStore.Returns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoGroupsTest {
  private static final Returns MINE = new Returns(18, 7);
  private static final double USUAL = 0.08;

  private static TwoGroups beside(Alike... others) {
    List<Alike> all = new ArrayList<>(List.of(others));
    all.add(new Alike(1, MINE));
    return TwoGroups.of(all, MINE, USUAL);
  }

  private static double incomplete(TwoGroups groups) {
    return groups.incomplete(MINE.returned(), MINE.given() - MINE.returned(), USUAL);
  }

  @Test
  void withoutTrialsTheShareIsAllThatIsKnown() {
    assertThat(new TwoGroups(0.3).incomplete(0, 0, USUAL)).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void aTrialWeighsByBothRates() {
    // One hit. Above almost nothing, Beta(2, 4) expects a third: 0.5 · ⅓ against 0.5 · 1e-6.
    double odds = (1.0 / 3) / 1e-6;
    assertThat(new TwoGroups(0.5).incomplete(1, 0, 1e-6))
        .isCloseTo(odds / (1 + odds), within(1e-9));
  }

  @Test
  void whatIsBetterThanUsualIsNotIncomplete() {
    TwoGroups groups = new TwoGroups(0.02);
    assertThat(groups.incomplete(0, 200, 0.1)).isLessThan(0.001);
    assertThat(groups.incomplete(5, 145, 0.15)).isLessThan(0.001);
    assertThat(groups.incomplete(20, 180, 0.3)).isLessThan(0.001);
  }

  @Test
  void aNewDeskExpectsFewIncompleteArticles() {
    assertThat(TwoGroups.of(List.of(), MINE, USUAL).share()).isCloseTo(0.02, within(1e-12));
  }

  @Test
  void whereManyAreIncompleteTheNextOneIsBelievedSooner() {
    TwoGroups good = beside(new Alike(100, new Returns(60, 5)));
    TwoGroups bad = beside(new Alike(85, new Returns(60, 5)), new Alike(15, new Returns(60, 25)));
    assertThat(good.share()).isLessThan(0.01);
    assertThat(bad.share()).isBetween(0.12, 0.15);
    assertThat(incomplete(bad)).isGreaterThan(0.97);
    assertThat(incomplete(good)).isLessThan(0.9);
  }

  @Test
  void anArticleDoesNotSpeakForItself() {
    assertThat(beside()).isEqualTo(TwoGroups.of(List.of(), MINE, USUAL));
    assertThat(TwoGroups.of(List.of(new Alike(2, MINE)), MINE, USUAL))
        .isEqualTo(TwoGroups.of(List.of(new Alike(1, MINE)), new Returns(1, 0), USUAL));
  }

  @Test
  void manyTrialsAreNoTrouble() {
    TwoGroups groups = new TwoGroups(0.02);
    assertThat(groups.incomplete(40_000, 60_000, USUAL)).isCloseTo(1, within(1e-12));
    assertThat(groups.incomplete(8_000, 92_000, USUAL)).isLessThan(0.02);
  }
}
