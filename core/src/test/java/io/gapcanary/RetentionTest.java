package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.exchange.CaseLine;
import io.gapcanary.kb.Question;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cases are kept for thirty days. */
class RetentionTest {
  private static final String MISSING = "How do I feed my giraffe in winter?";

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(PRINTER)
          .settings(DeskSettings.DEFAULT.with(b -> b.keepCases(Duration.ofDays(30))));

  @BeforeEach
  void open() {
    fixture
        .story("old-1", "ann", "-P40D")
        .asks("blotchy sheets of paper")
        .linked("printer")
        .close();
    fixture.story("old-2", "bob", "-P40D").asks(MISSING).close();
    fixture.story("old-3", "cat", "-P39D").asks(MISSING).close();
    fixture.story("new-1", "dan", "-P3D").asks(MISSING).close();
  }

  private int removeAll() {
    int removed = 0;
    for (int some = 1; some > 0; removed += some) {
      some = fixture.desk.removeOldCases(2);
    }
    return removed;
  }

  @Test
  void textsGoAndSumsStay() {
    Totals before = fixture.desk.totals();
    ArticleHealth health = fixture.desk.articles().health("printer").orElseThrow();
    assertThat(removeAll()).isEqualTo(3);
    assertThat(fixture.desk.assist().find("old-1")).isEmpty();
    assertThat(fixture.desk.assist().outcome("old-2")).isEmpty();
    assertThat(fixture.desk.assist().find("new-1")).isPresent();
    Totals after = fixture.desk.totals();
    assertThat(after).usingRecursiveComparison().ignoringFields("heldBack").isEqualTo(before);
    assertThat(before.heldBack()).isEqualTo(1);
    assertThat(after.heldBack()).as("what too few have shown goes with its cases").isZero();
    assertThat(fixture.desk.articles().health("printer").orElseThrow().repeat())
        .isEqualTo(health.repeat());
    Gap gap = fixture.gaps().getFirst();
    assertThat(gap.cases()).containsExactly("new-1");
    assertThat(fixture.desk.board().weeks(gap.id(), 52))
        .extracting(week -> week.cases().size())
        .startsWith(2)
        .endsWith(1);
    assertThat(fixture.desk.casesBehind(DeskHealth.Query.WEEKS, DeskHealth.Measure.NO_MATCH, 10))
        .extracting(DeskHealth.CountedCase::caseId)
        .containsExactly("new-1");
  }

  @Test
  void whatWasLearnedFromThemIsForgottenAndStaysSo() {
    Question question = Question.of("blotchy sheets of paper", DeskFixture.MONDAY);
    assertThat(fixture.desk.assist().ask(question).list()).isNotEmpty();
    removeAll();
    assertThat(fixture.desk.articles().wordings("printer")).isEmpty();
    assertThat(fixture.desk.assist().ask(question).list()).isEmpty();
    fixture.reopen();
    assertThat(fixture.desk.assist().ask(question).list()).isEmpty();
  }

  @Test
  void aGapThatIsLeftWithoutACaseCanStillBeOpened() {
    fixture.clock = at("P60D");
    removeAll();
    assertThat(fixture.gap("gap-1").cases()).isEmpty();
    assertThat(fixture.gaps()).isEmpty();
  }

  @Test
  void whatIsOlderThanCasesAreKeptIsNotTakenInAgain() {
    removeAll();
    CaseLine line =
        new CaseLine(
            "old-2",
            CaseOpening.builder().id("old-2").openedAt(at("-P40D")).build(),
            List.of(Message.customer(MISSING).at(at("-P40D"))),
            List.of(),
            Closing.at(at("-P40D").plusSeconds(60), null));
    assertThatThrownBy(() -> fixture.desk.past().take(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("older than cases are kept");
  }

  @Test
  void neitherTheirMeaningNorWhoTheirCustomersWereIsKept() {
    fixture
        .embedder(new ScriptedEmbedder("one", 2, text -> text.contains("giraffe") ? 1 : 0))
        .beginAgain(DeskSettings.DEFAULT.with(b -> b.keepCases(Duration.ofDays(30))));
    fixture.isGivenPrinter("old-1", "ann", "-P40D");
    fixture.asksOfGiraffes("old-2", "ann", "-P40D");
    fixture.asksOfGiraffes("old-3", "bob", "-P39D");
    fixture.story("new-1", "bob", "-P3D").asks("My conveyor belt is stuck").close();
    int articles = 2;
    assertThat(fixture.count("SELECT COUNT(*) FROM embedding")).isGreaterThan(articles + 1);
    removeAll();
    assertThat(fixture.count("SELECT COUNT(*) FROM embedding WHERE model LIKE '%/question'"))
        .as("of the case that is kept")
        .isEqualTo(1);
    String known = " IN (SELECT customer FROM desk_case WHERE customer IS NOT NULL)";
    assertThat(fixture.count("SELECT COUNT(DISTINCT customer) FROM gap_case")).isEqualTo(2);
    assertThat(fixture.count("SELECT COUNT(*) FROM gap_case WHERE customer" + known))
        .as("Bob, who has another case: then and now")
        .isEqualTo(2);
    assertThat(fixture.count("SELECT COUNT(*) FROM giving WHERE customer" + known)).isZero();
    assertThat(fixture.count("SELECT COUNT(*) FROM giving WHERE customer LIKE 'gone:%'"))
        .isEqualTo(1);
    assertThat(fixture.gap("gap-1").impact().distinctCustomers()).isZero();
    assertThat(fixture.desk.articles().health("printer").orElseThrow().repeat().given())
        .isEqualTo(1);
  }

  @Test
  void withoutTheSettingEverythingIsKept() {
    fixture.beginAgain(DeskSettings.DEFAULT);
    fixture.story("old-1", "ann", "-P4000D").asks(MISSING).close();
    assertThat(fixture.desk.removeOldCases(100)).isZero();
  }
}
