package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GapCasesTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private void asks(String id, String opened, @Nullable Resolution resolution) {
    fixture
        .story(id, "customer of " + id, opened)
        .asks("How do I feed my giraffe in winter?")
        .resolved(resolution)
        .close();
  }

  private GapCasePage page(GapCaseFilter filter) {
    return fixture.desk.board().cases("gap-1", filter);
  }

  @Test
  void theCasesOfAGapSayWhatWasAskedAndWhatCameOfIt() {
    asks("g1", "PT0S", Resolution.SOLVED);
    fixture
        .story("g2", "bob", "PT1H")
        .asks("How do I feed my giraffe in winter, kim@example.com?")
        .onVersion("3.1")
        .resolved(Resolution.ESCALATED)
        .open();
    fixture.desk.assist().link("g2", "printer", LinkAction.DISMISSED, DeskFixture.at("PT1H4M"));
    fixture.desk.assist().close("g2", Closing.at(DeskFixture.at("PT1H10M"), Resolution.ESCALATED));

    GapCasePage page = page(GapCaseFilter.ALL);
    assertThat(page.cases()).extracting(GapCase::caseId).containsExactly("g2", "g1");
    assertThat(page.next()).isNull();
    GapCase latest = page.cases().getFirst();
    assertThat(latest.closedAt()).isEqualTo(DeskFixture.at("PT1H10M"));
    assertThat(latest.question()).contains("giraffe").doesNotContain("kim@example.com");
    assertThat(latest.outcome()).isEqualTo(Outcome.Kind.NO_MATCH);
    assertThat(latest.reason())
        .isEqualTo("no-article")
        .isEqualTo(fixture.desk.assist().outcome("g2").orElseThrow().reason());
    assertThat(latest.given()).isEmpty();
    assertThat(latest.dismissed()).containsExactly("printer");
    assertThat(latest.resolution()).isEqualTo(Resolution.ESCALATED);
    assertThat(latest.version()).isEqualTo("3.1");
    assertThat(page.cases().getLast().dismissed()).isEmpty();
    assertThat(page.cases().getLast().version()).isNull();
  }

  @Test
  void aLongQuestionIsCutWithoutBreakingACharacter() {
    String asked = "How do I feed my giraffe in winter" + " giraffe\uD83E\uDD92".repeat(50);
    fixture.story("g1", "ann", "PT0S").asks(asked).close();
    asks("g2", "PT1H", null);
    String question = page(GapCaseFilter.ALL).cases().getLast().question();
    assertThat(question.codePointCount(0, question.length())).isEqualTo(300);
    assertThat(question).startsWith("How do I feed").endsWith("…");
  }

  @Test
  void pagesFollowOneAnotherAlsoWhereCasesClosedAtOnce() {
    for (int i = 0; i < 3; i++) {
      asks("a" + i, "PT0S", null);
      asks("b" + i, "PT1H", null);
    }
    List<String> read = new ArrayList<>();
    GapCaseFilter filter = GapCaseFilter.ALL.limit(2);
    GapCasePage page = page(filter);
    while (page.next() != null) {
      assertThat(page.cases()).hasSize(2);
      page.cases().forEach(one -> read.add(one.caseId()));
      page = page(filter.after(page.next()));
    }
    page.cases().forEach(one -> read.add(one.caseId()));
    assertThat(read).containsExactly("b2", "b1", "b0", "a2", "a1", "a0");
    assertThatThrownBy(() -> page(filter.after("gap-1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cursor");
    assertThatThrownBy(() -> fixture.desk.board().cases("gap-2", filter))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aPeriodBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
    asks("g1", "PT0S", null);
    asks("g2", "PT1H", null);
    Instant first = DeskFixture.at("PT10M");
    Instant second = DeskFixture.at("PT1H10M");
    assertThat(page(GapCaseFilter.ALL.between(first, second)).cases())
        .extracting(GapCase::caseId)
        .containsExactly("g1");
    assertThat(page(GapCaseFilter.ALL.between(second, null)).cases())
        .extracting(GapCase::caseId)
        .containsExactly("g2");
  }

  @Test
  void signalsCountWhatTheCasesShow() {
    asks("g1", "PT0S", Resolution.SOLVED);
    asks("g2", "PT1H", Resolution.SOLVED);
    asks("g3", "PT2H", Resolution.ESCALATED);
    asks("g4", "PT3H", Resolution.UNSOLVED);
    asks("g5", "PT4H", null);
    fixture.story("g6", "eve", "PT5H").asks("How do I feed my giraffe in winter?").open();
    fixture.desk.assist().link("g6", "printer", LinkAction.DISMISSED, DeskFixture.at("PT5H4M"));
    fixture.desk.assist().link("g6", "printer", LinkAction.DISMISSED, DeskFixture.at("PT5H5M"));
    fixture.desk.assist().close("g6", Closing.at(DeskFixture.at("PT5H10M"), null));
    GapSignals signals = fixture.desk.board().signals("gap-1");
    assertThat(signals).isEqualTo(new GapSignals(6, Map.of("no-article", 6), 0, 1, 2, 1, 1));
    assertThat(signals.silent()).isEqualTo(6);
  }

  @Test
  void aCaseThatWasGivenAnArticleIsNotKnownWithoutOne() {
    for (int i = 0; i < 12; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "H");
      fixture.isGivenPrinter("p" + i, "pu" + i, "PT" + i + "H");
    }
    for (int i = 0; i < 10; i++) {
      fixture
          .story("b" + i, "cu" + i, "P1DT" + i + "H")
          .asks("I forgot my password again")
          .linked("reset-password")
          .resolved(Resolution.SOLVED)
          .close();
    }
    Gap gap = fixture.gaps().getFirst();
    assertThat(gap.kind()).isEqualTo(Gap.Kind.INCOMPLETE);
    GapSignals signals = fixture.desk.board().signals(gap.id());
    assertThat(signals.cases()).isEqualTo(gap.cases().size());
    assertThat(signals.given()).isEqualTo(gap.cases().size());
    assertThat(signals.notCaptured()).isZero();
    assertThat(signals.noMatch()).isEmpty();
    assertThat(fixture.desk.board().cases(gap.id(), GapCaseFilter.ALL.limit(1)).cases())
        .first()
        .extracting(GapCase::given)
        .isEqualTo(List.of("reset-password"));
  }
}
