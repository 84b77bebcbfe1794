package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three missing gaps: giraffes (four cases), submarines (three, of VIPs), volcanoes (two). */
class GapRankingTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with(PRINTER);

  @BeforeEach
  void open() {
    String[] giraffe = {
      "How do I feed my giraffe in winter?",
      "What to feed a giraffe in winter?",
      "feed giraffe in winter please",
      "My giraffe, what do I feed it in winter?"
    };
    for (int i = 0; i < giraffe.length; i++) {
      fixture
          .story("g" + i, "gu" + i, "PT" + i + "H")
          .asks(giraffe[i])
          .on("chat", "Zoo", "home")
          .close();
    }
    String[] submarine = {
      "Can I paint my submarine yellow?",
      "May a submarine be painted yellow?",
      "paint the submarine yellow, can I?"
    };
    for (int i = 0; i < submarine.length; i++) {
      fixture
          .story("s" + i, "su" + i, "P1DT" + i + "H")
          .asks(submarine[i])
          .on("phone", "Sea", "VIP")
          .close();
    }
    fixture
        .story("v0", "vu0", "P2D")
        .asks("Is my volcano insured?")
        .on("chat", "Sea", "home")
        .close();
    fixture
        .story("v1", "vu1", "P2DT1H")
        .asks("is a volcano insured")
        .on("chat", "Sea", "home")
        .close();
  }

  private GapPage list(GapFilter filter) {
    return fixture.desk.board().list(filter);
  }

  private List<Integer> sizes(GapPage page) {
    return page.gaps().stream().map(gap -> gap.cases().size()).toList();
  }

  @Test
  void eachGapIsExplainedAgainstTheNext() {
    GapPage page = list(GapFilter.FIRST_PAGE);
    assertThat(sizes(page)).containsExactly(4, 3, 2);
    GapRank first = page.ranks().getFirst();
    assertThat(first.rank()).isEqualTo(1);
    assertThat(first.of()).isEqualTo(3);
    GapRank.OverNext next = first.next();
    assertThat(next).isNotNull();
    assertThat(next.gapId()).isEqualTo(page.gaps().get(1).id());
    assertThat(next.because()).isEqualTo(GapRank.Because.IMPACT);
    assertThat(next.decisive().orElseThrow().factor()).isEqualTo(ImpactFactor.CASES_PER_WEEK);
    double product =
        next.factors().stream().mapToDouble(GapRank.Factor::times).reduce(1, (a, b) -> a * b);
    assertThat(product).isCloseTo(next.times(), within(0.02));
    assertThat(page.ranks().getLast().next()).isNull();
    assertThat(fixture.desk.board().rank(page.gaps().get(1).id()).orElseThrow().rank())
        .isEqualTo(2);
  }

  @Test
  void aGapThatIsDoneWithStandsBelowWhateverItCost() {
    Gap worst = list(GapFilter.FIRST_PAGE).gaps().getFirst();
    fixture
        .desk
        .articles()
        .put(
            article(
                "giraffes", "How to feed a giraffe in winter", "Feed a giraffe hay in winter."));
    fixture.story("p1", "kim", "P10D").asks("Where is my parcel?").close();
    GapPage page = list(GapFilter.FIRST_PAGE);
    assertThat(page.gaps().getLast().id()).isEqualTo(worst.id());
    assertThat(page.ranks().get(1).next().because()).isEqualTo(GapRank.Because.STATE);
    assertThat(page.ranks().getLast().share()).isZero();
  }

  @Test
  void paretoCountsTheFirstGapsThatMakeMostOfTheCost() {
    GapPage page = list(GapFilter.FIRST_PAGE);
    double score = page.gaps().stream().mapToDouble(gap -> gap.impact().score()).sum();
    assertThat(page.pareto().score()).isCloseTo(score, within(score / 1000));
    assertThat(page.pareto().of()).isEqualTo(3);
    assertThat(page.ranks().get(page.pareto().gaps() - 1).cumulative()).isGreaterThanOrEqualTo(0.8);
    assertThat(page.ranks().get(page.pareto().gaps() - 2).cumulative()).isLessThan(0.8);
    assertThat(page.ranks().getLast().cumulative()).isCloseTo(1, within(0.001));
  }

  @Test
  void aSegmentsWeightMultipliesItsGapsAndOnlyThem() {
    GapPage even = list(GapFilter.FIRST_PAGE);
    ImpactWeights vips = new ImpactWeights(Map.of(), Map.of("vip", 5.0));
    GapPage weighed = fixture.desk.board().preview(GapFilter.FIRST_PAGE, vips);
    assertThat(weighed.gaps().getFirst().cases()).contains("s0");
    assertThat(weighed.gaps().getFirst().impact().segmentWeight()).isEqualTo(5);
    assertThat(weighed.gaps().getFirst().impact().score())
        .isCloseTo(5 * even.gaps().get(1).impact().score(), within(0.01));
    assertThat(weighed.ranks().getFirst().next().decisive().orElseThrow().factor())
        .isEqualTo(ImpactFactor.SEGMENT_WEIGHT);
    assertThat(list(GapFilter.FIRST_PAGE).gaps()).isEqualTo(even.gaps());
  }

  @Test
  void aFactorOfWeightZeroIsLeftOut() {
    Weights weights = fixture.desk.weights();
    ImpactWeights costOnly =
        new ImpactWeights(Map.of("casesPerWeek", 0.0, "trend", 0.0), Map.of("VIP", 2.0));
    Weights.InUse decided = weights.decide(0, costOnly, "Kim");
    assertThat(decided.decided()).isTrue();
    assertThat(decided.decisions()).extracting(Weights.Decision::by).containsExactly("Kim");
    Impact impact = list(GapFilter.FIRST_PAGE).gaps().getFirst().impact();
    assertThat(impact.score())
        .isCloseTo(
            impact.minutesPerCase() * (1 + impact.repeatRate()) * impact.reach() * 2, within(0.01));
    assertThatThrownBy(() -> weights.decide(0, null, "Lee")).isInstanceOf(StaleException.class);
    fixture.reopen();
    assertThat(fixture.desk.weights().get().weights()).isEqualTo(costOnly);
    assertThat(fixture.desk.weights().decide(1, null, "").decided()).isFalse();
    assertThat(fixture.desk.weights().get().weights()).isEqualTo(ImpactWeights.EVEN);
  }

  @Test
  void weightsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new ImpactWeights(Map.of("luck", 1.0), Map.of()))
        .hasMessageContaining("luck");
    assertThatThrownBy(() -> new ImpactWeights(Map.of("reach", 4.0), Map.of()))
        .hasMessageContaining("between 0 and 3");
    assertThatThrownBy(() -> new ImpactWeights(Map.of(), Map.of("vip", -1.0)))
        .hasMessageContaining("vip");
  }

  @Test
  void aSliceListsAndCountsOnlyItsCases() {
    CaseSlice sea = new CaseSlice("Sea", null, null, null);
    assertThat(sizes(list(GapFilter.FIRST_PAGE.slice(sea)))).containsExactly(3, 2);
    assertThat(sizes(list(GapFilter.FIRST_PAGE.slice(new CaseSlice("Sea", "chat", null, null)))))
        .containsExactly(2);
    assertThat(sizes(list(GapFilter.FIRST_PAGE.slice(new CaseSlice(null, null, "VIP", "en")))))
        .containsExactly(3);
    assertThat(list(GapFilter.FIRST_PAGE.slice(new CaseSlice(null, null, null, "ko"))).gaps())
        .isEmpty();
  }

  @Test
  void theListIsSortedByWhatIsAskedFor() {
    assertThat(list(GapFilter.FIRST_PAGE.order(GapFilter.Order.NEWEST)).gaps())
        .extracting(gap -> gap.cases().getFirst())
        .containsExactly("v0", "s0", "g0");
    assertThat(sizes(list(GapFilter.FIRST_PAGE.order(GapFilter.Order.CASES))))
        .containsExactly(4, 3, 2);
    List<Double> trends =
        list(GapFilter.FIRST_PAGE.order(GapFilter.Order.TREND)).gaps().stream()
            .map(gap -> gap.impact().trend())
            .toList();
    assertThat(trends).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void aSubjectOfOneCustomerIsCountedAndShownWithoutItsWords() {
    fixture.story("z0", "zoe", "P3D").asks("Does the umbrella sing on Sundays?").close();
    fixture.story("z1", "zoe", "P20D").asks("Does the umbrella sing on Sundays?").close();
    HeldBackSubject.Page page = fixture.desk.board().heldBack(10);
    assertThat(page.count()).isEqualTo(1);
    assertThat(page.ofOneCustomer()).isEqualTo(1);
    HeldBackSubject subject = page.subjects().getFirst();
    assertThat(subject.customers()).isEqualTo(1);
    assertThat(subject.cases()).containsExactly("z0", "z1");
    assertThat(subject.firstSeen()).isEqualTo(DeskFixture.at("P3DT10M"));
    assertThat(Set.of(HeldBackSubject.class.getRecordComponents()))
        .noneMatch(component -> component.getName().matches("title|questions?|words"));
    fixture.story("z2", "zac", "P21D").asks("Does the umbrella sing on Sundays?").close();
    assertThat(fixture.desk.board().heldBack(10).subjects()).isEmpty();
  }

  @Test
  void subjectsOfEveryKindAreHeldBackUntilThereAreEnough() {
    fixture
        .desk
        .articles()
        .put(
            io.gapcanary.kb.Article.builder(
                    "export", "Export the calendar to a file", "Open the menu, choose Export.")
                .language("en")
                .versions("<3")
                .build());
    for (int i = 0; i < 2; i++) {
      fixture
          .story("e" + i, "ed" + i, "P3DT" + i + "H")
          .asks("How do I export the calendar to a file?")
          .onVersion("3.1")
          .close();
    }
    HeldBackSubject.Page page = fixture.desk.board().heldBack(10);
    assertThat(page.kinds()).containsEntry(Gap.Kind.SUPERSEDED, 1);
    HeldBackSubject subject =
        page.subjects().stream()
            .filter(one -> one.kind() == Gap.Kind.SUPERSEDED)
            .findFirst()
            .orElseThrow();
    assertThat(subject.articleId()).isEqualTo("export");
    assertThat(subject.customers()).isEqualTo(2);
    assertThat(subject.cases()).containsExactly("e0", "e1");
    assertThat(fixture.desk.totals().heldBack()).isEqualTo(page.count());
    fixture
        .story("e2", "ed2", "P3DT5H")
        .asks("How do I export the calendar to a file?")
        .onVersion("3.1")
        .close();
    assertThat(fixture.desk.board().heldBack(10).kinds()).doesNotContainKey(Gap.Kind.SUPERSEDED);
  }
}
