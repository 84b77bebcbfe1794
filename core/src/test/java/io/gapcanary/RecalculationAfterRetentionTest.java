package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Recalculation.State;
import io.gapcanary.storage.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Cases are kept for thirty days, and what they were counted in for ever. */
@Tag("slow")
class RecalculationAfterRetentionTest {
  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(RESET_PASSWORD, PRINTER)
          .settings(DeskSettings.DEFAULT.with(b -> b.keepCases(Duration.ofDays(30))));

  private Recalculations recalculations() {
    return fixture.desk.recalculations();
  }

  private String judgedAgain() {
    String id =
        recalculations()
            .begin(
                new RecalculationRequest(
                    Map.of(RecalculatedSetting.REPEAT_WINDOW, "3d"), Map.of(), "Lee"))
            .id();
    recalculations().run(id);
    assertThat(recalculations().get(id).failure()).isNull();
    assertThat(recalculations().get(id).state()).isEqualTo(State.READY);
    return id;
  }

  private void monthsLater() {
    fixture.clock = at("P60D");
    while (fixture.desk.removeOldCases(2) > 0) {
      assertThat(fixture.clock).isEqualTo(at("P60D"));
    }
  }

  /** Ann comes back after five days. */
  private void returns() {
    fixture.isGivenPrinter("p1", "ann", "PT0S");
    fixture.isGivenPrinter("p2", "bob", "PT1H");
    fixture.isGivenPrinter("p3", "ann", "P5D");
    fixture.isGivenPrinter("p4", "cid", "P50D");
  }

  @Test
  void aGapWhoseCasesAreGoneIsNotJudgedAgainAndStays() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    fixture.isGivenPrinter("p1", "cid", "P50D");
    monthsLater();
    String id = judgedAgain();
    assertThat(Objects.requireNonNull(recalculations().get(id).comparison()).gaps()).isEmpty();
    recalculations().keep(id, "Lee");
    assertThat(fixture.gap("gap-1").state()).isEqualTo(Gap.State.OPEN);
    assertThat(fixture.desk.totals().heldBack()).isZero();
  }

  @Test
  void aGapOfWhichSomeCasesAreGoneStaysWithAllThatItCounts() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    fixture.asksOfGiraffes("g3", "cid", "P50D");
    monthsLater();
    int counted =
        fixture.desk.board().weeks("gap-1", 52).stream().mapToInt(w -> w.cases().size()).sum();
    assertThat(counted).isEqualTo(3);
    String id = judgedAgain();
    recalculations().keep(id, "Lee");
    Gap gap = fixture.gap("gap-1");
    assertThat(gap.state()).isEqualTo(Gap.State.OPEN);
    assertThat(gap.cases()).containsExactly("g3");
    assertThat(fixture.desk.board().weeks("gap-1", 52))
        .extracting(w -> w.cases().size())
        .contains(2, 1);
  }

  @Test
  void whatIsRemovedBeforeItIsKeptStaysInTheSumsAndNothingOfItComesBack() {
    returns();
    fixture.asksOfGiraffes("g1", "ann", "PT2H");
    fixture.asksOfGiraffes("g2", "bob", "PT3H");
    fixture.asksOfGiraffes("g3", "eve", "P50DT3H");
    fixture.story("again", "ann", "PT12M").asks("The printer prints blank pages").close();
    String id = judgedAgain();
    monthsLater();
    Totals totals = fixture.desk.totals();
    ArticleHealth health = fixture.desk.articles().health("printer").orElseThrow();
    assertThat(health.repeat().given()).isGreaterThan(1);
    recalculations().keep(id, "Lee");
    assertThat(fixture.desk.totals().cases()).isEqualTo(totals.cases());
    assertThat(fixture.desk.articles().health("printer").orElseThrow().repeat().given())
        .isEqualTo(health.repeat().given());
    assertThat(fixture.desk.board().weeks("gap-1", 52))
        .extracting(w -> w.cases().size())
        .contains(2, 1);
    assertThat(left("given"))
        .as("nothing is left of what was given in cases that are gone")
        .isZero();
    assertThat(left("gap_answer")).isZero();
  }

  private int left(String table) {
    return fixture.count(
        "SELECT COUNT(*) FROM " + table + " WHERE case_id NOT IN (SELECT id FROM desk_case)");
  }

  @Test
  void whatIsRemovedWhileItRunsIsLeftOut(@TempDir Path other) {
    returns();
    try (Database database = Database.open(fixture.folder.resolve("desk.db"), false);
        DeskFixture again = new DeskFixture(other)) {
      RecordedPast past = new RecordedPast(database, again.desk);
      past.replay(
          (done, total) -> {
            if (done == 1) {
              monthsLater();
            }
          });
      assertThat(again.desk.assist().find("p1")).isPresent();
      assertThat(again.desk.assist().find("p3")).isEmpty();
      assertThat(again.desk.assist().find("p4")).isPresent();
    }
  }
}
