package io.gapcanary;

import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A history of seven cases over two weeks, counted by hand. Monday is 2026-01-05. */
class DeskHealthTest {
  private static final String PASSWORD = "I forgot my password and cannot log in";
  private static final String PRINTER = "The printer prints blank pages";

  @RegisterExtension
  final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, DeskFixture.PRINTER);

  @BeforeEach
  void open() {
    story("a", "ann", "PT0S", PASSWORD)
        .linked("reset-password")
        .resolved(Resolution.SOLVED)
        .close();
    story("b", "ann", "P1D", "Still: " + PASSWORD).resolved(Resolution.SOLVED).close();
    story("c", null, "P1DT1H", "How do I feed my giraffe in winter?")
        .resolved(Resolution.ESCALATED)
        .close();
    story("d", "dan", "P2D", "Hello").close();
    story("e", "eve", "P7D", PRINTER).linked("printer").resolved(Resolution.SOLVED).close();
    story("f", "fay", "P8D", PRINTER).linked("printer").resolved(Resolution.UNSOLVED).close();
    story("g", "gus", "P8DT1H", PASSWORD).close();
  }

  private DeskFixture.CaseStory story(String id, String customer, String opened, String text) {
    return fixture.story(id, customer, opened).asks(text).on("chat", "Hub", "home");
  }

  private DeskHealth health(DeskHealth.By by) {
    return fixture.desk.health(new DeskHealth.Query(by, null, null, CaseSlice.ALL));
  }

  @Test
  void everyFigureIsRightAgainstAHandCountedHistory() {
    DeskFigures all = health(DeskHealth.By.WEEK).total();
    assertThat(all.cases()).isEqualTo(7);
    assertThat(all.asked()).isEqualTo(6);
    assertThat(all.tooLittleText()).isEqualTo(1);
    assertThat(all.noMatch()).isEqualTo(1);
    assertThat(all.answered()).isEqualTo(5);
    assertThat(all.linkRate()).isEqualTo(new Share(3, 6, 0.5));
    assertThat(all.noMatchRate()).isEqualTo(new Share(1, 6, 0.1667));
    assertThat(all.known()).isEqualTo(3);
    assertThat(all.knownNotCaptured()).isEqualTo(1);
    assertThat(all.newOnes()).isEqualTo(1);
    assertThat(all.repeatContacts()).isEqualTo(1);
    assertThat(all.repeatRate()).isEqualTo(new Share(1, 5, 0.2));
    assertThat(all.returnedWithArticle()).isEqualTo(new Share(1, 3, 0.3333));
    assertThat(all.returnedWithoutArticle()).isEqualTo(new Share(0, 2, 0.0));
    assertThat(all.identityCoverage()).isEqualTo(new Share(6, 7, 0.8571));
    assertThat(all.resolutionWithArticle()).isEqualTo(new MeanMinutes(2, 10.0));
    assertThat(all.resolutionWithoutArticle()).isEqualTo(new MeanMinutes(1, 10.0));
  }

  @Test
  void weeksBeginOnMonday() {
    List<DeskHealth.Row> weeks = health(DeskHealth.By.WEEK).rows();
    assertThat(weeks).extracting(DeskHealth.Row::key).containsExactly("2026-01-05", "2026-01-12");
    assertThat(weeks).extracting(row -> row.figures().cases()).containsExactly(4, 3);
  }

  @Test
  void aPeriodAndASliceCountWhatFallsIntoThem() {
    LocalDate monday = LocalDate.parse("2026-01-12");
    CaseSlice chats = new CaseSlice(null, "chat", null, null);
    DeskHealth late =
        fixture.desk.health(
            new DeskHealth.Query(DeskHealth.By.CHANNEL, monday, monday, CaseSlice.ALL));
    assertThat(late.total().cases()).isEqualTo(1);
    story("h", "hal", "P9D", PRINTER).on("phone", "Hub", "vip").close();
    assertThat(health(DeskHealth.By.CHANNEL).rows())
        .extracting(DeskHealth.Row::key)
        .containsExactly("chat", "phone");
    assertThat(
            fixture
                .desk
                .health(new DeskHealth.Query(DeskHealth.By.WEEK, null, null, chats))
                .total()
                .cases())
        .isEqualTo(7);
    assertThat(fixture.desk.told().segments()).containsExactly("home", "vip");
    assertThatThrownBy(
            () ->
                new DeskHealth.Query(
                    DeskHealth.By.WEEK, monday, monday.minusDays(1), CaseSlice.ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCaseJudgedAgainIsCountedOnce() {
    fixture.desk.assist().link("g", "reset-password", LinkAction.LINKED, null);
    DeskFigures all = health(DeskHealth.By.WEEK).total();
    assertThat(all.cases()).isEqualTo(7);
    assertThat(all.linkRate()).isEqualTo(new Share(4, 6, 0.6667));
  }

  @Test
  void aLinkThatIsTakenBackIsDoubtful() {
    assertThat(health(DeskHealth.By.WEEK).total().linkAccuracy()).isEqualTo(Share.of(3, 3));
    fixture.desk.assist().link("e", "printer", LinkAction.DISMISSED, DeskFixture.at("P9D"));
    assertThat(health(DeskHealth.By.WEEK).total().linkAccuracy()).isEqualTo(Share.of(2, 3));
    assertThat(
            fixture.desk.casesBehind(DeskHealth.Query.WEEKS, DeskHealth.Measure.DOUBTFUL_LINKS, 10))
        .extracting(DeskHealth.CountedCase::caseId)
        .containsExactly("e");
  }

  @Test
  void aLinkIsDoubtfulWhenAnotherArticleAnswersAndThisOneHardly() {
    story("h", "hal", "P9D", PRINTER).linked("reset-password").close();
    assertThat(health(DeskHealth.By.WEEK).total().linkAccuracy()).isEqualTo(Share.of(3, 4));
  }

  @Test
  void aLinkIsDoubtfulWhenTheCustomerCameBackAndWasGivenAnother() {
    story("h", "fay", "P9D", "Again: " + PRINTER + ", and I cannot reset the printer")
        .linked("reset-password")
        .close();
    Outcome later = fixture.desk.assist().outcome("h").orElseThrow();
    DeskFigures all = health(DeskHealth.By.WEEK).total();
    assertThat(all.linkAccuracy().whole()).isEqualTo(4);
    assertThat(later.repeatOf() == null).isEqualTo(all.repeatContacts() == 1);
  }

  @Test
  void theCasesBehindAFigureAreListed() {
    assertThat(fixture.desk.casesBehind(DeskHealth.Query.WEEKS, DeskHealth.Measure.REPEATS, 10))
        .containsExactly(
            new DeskHealth.CountedCase("b", LocalDate.parse("2026-01-06"), "Still: " + PASSWORD));
    assertThat(
            fixture.desk.casesBehind(DeskHealth.Query.WEEKS, DeskHealth.Measure.UNIDENTIFIED, 10))
        .extracting(DeskHealth.CountedCase::caseId)
        .containsExactly("c");
  }

  private static int figure(DeskFigures all, DeskHealth.Measure measure) {
    return switch (measure) {
      case CASES -> all.cases();
      case ANSWERED -> all.answered();
      case NO_MATCH -> all.noMatch();
      case TOO_LITTLE_TEXT -> all.tooLittleText();
      case UNAVAILABLE -> all.unavailable();
      case KNOWN -> all.known();
      case NOT_CAPTURED -> all.knownNotCaptured();
      case NEW -> all.newOnes();
      case REPEATS -> all.repeatContacts();
      case RECONNECTS -> all.reconnects();
      case CONCURRENT -> all.concurrent();
      case LINKED -> all.linkRate().part();
      case SOLVED_WITH_ARTICLE -> all.resolutionWithArticle().cases();
      case DOUBTFUL_LINKS -> all.linkAccuracy().whole() - all.linkAccuracy().part();
      case UNIDENTIFIED -> all.identityCoverage().whole() - all.identityCoverage().part();
    };
  }

  @ParameterizedTest
  @EnumSource(DeskHealth.Measure.class)
  void asManyCasesAreListedAsTheFigureSays(DeskHealth.Measure measure) {
    story("h", "eve", "P7DT12M", PRINTER).close(); // the line had dropped
    DeskFigures all = health(DeskHealth.By.WEEK).total();
    assertThat(all.reconnects()).isEqualTo(1);
    assertThat(fixture.desk.casesBehind(DeskHealth.Query.WEEKS, measure, 100))
        .hasSize(figure(all, measure));
  }

  @Test
  void theDeskInNumbersIsTheSumOfItsDays() {
    Totals totals = fixture.desk.totals();
    assertThat(totals.cases()).isEqualTo(7);
    assertThat(totals.withoutCustomerId()).isEqualTo(1);
    assertThat(totals.linkRate()).isEqualTo(0.5);
    fixture.reopen();
    assertThat(fixture.desk.totals()).isEqualTo(totals);
  }
}
