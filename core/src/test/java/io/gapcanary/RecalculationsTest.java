package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.Gap.Event.What;
import io.gapcanary.Recalculation.CaseDifference;
import io.gapcanary.Recalculation.Comparison;
import io.gapcanary.Recalculation.Difference;
import io.gapcanary.Recalculation.GapDifference;
import io.gapcanary.Recalculation.State;
import io.gapcanary.exchange.DeskJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class RecalculationsTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private Desk desk() {
    return fixture.desk;
  }

  private Recalculation judgedAgain(Map<RecalculatedSetting, String> settings) {
    return judgedAgain(new RecalculationRequest(settings, Map.of(), "Lee"));
  }

  private Recalculation judgedAgain(RecalculationRequest request) {
    Recalculations recalculations = desk().recalculations();
    String id = recalculations.begin(request).id();
    recalculations.run(id);
    Recalculation ready = recalculations.get(id);
    assertThat(ready.failure()).isNull();
    assertThat(ready.state()).isEqualTo(State.READY);
    return ready;
  }

  private static Comparison comparison(Recalculation recalculation) {
    return Objects.requireNonNull(recalculation.comparison());
  }

  private void printer(String id, String customer, String opened) {
    fixture.isGivenPrinter(id, customer, opened);
  }

  /** Ann and Bob come back after five days, Cid after one. */
  private void returns() {
    printer("p1", "ann", "PT0S");
    printer("p2", "bob", "PT1H");
    printer("p3", "cid", "PT2H");
    printer("p4", "cid", "P1DT2H");
    printer("p5", "ann", "P5D");
    printer("p6", "bob", "P5DT1H");
  }

  private String told() {
    StringBuilder told = new StringBuilder();
    desk().outcomes(outcome -> told.append(DeskJson.line(outcome)).append('\n'));
    told.append(DeskJson.line(desk().board().list(GapFilter.FIRST_PAGE))).append('\n');
    return told.append(DeskJson.line(desk().totals())).toString();
  }

  private long repeats() {
    return desk().totals().repeatContacts();
  }

  @Test
  void underTheSameSettingsNothingDiffers() {
    returns();
    fixture.asksOfGiraffes("g1", "ann", "P6D");
    fixture.asksOfGiraffes("g2", "bob", "P6DT1H");
    fixture.asksOfGiraffes("g3", null, "P6DT2H");
    String before = told();
    Recalculation ready = judgedAgain(Map.of());
    assertThat(ready.settings()).isEmpty();
    assertThat(comparison(ready).gaps()).isEmpty();
    assertThat(comparison(ready).same()).isEqualTo(1);
    assertThat(comparison(ready).repeats()).isEmpty();
    assertThat(comparison(ready).outcomes()).isEmpty();
    assertThat(ready.done()).isEqualTo(ready.total()).isPositive();
    assertThat(told()).isEqualTo(before);
  }

  @Test
  void aCaseThatLivedOnTimesBeforeItOpenedIsJudgedAgainToo() {
    desk().assist().open(CaseOpening.builder().id("early").customerId("ann").build());
    desk().assist().hear("early", Message.customer("Blank pages").at(DeskFixture.at("-PT2H")));
    desk().assist().close("early", Closing.at(DeskFixture.at("-PT1H"), null));
    assertThat(comparison(judgedAgain(Map.of())).outcomes()).isEmpty();
  }

  @Test
  void aDeskThatIsNotDurableKeepsOneToo() {
    fixture.beginAgain(
        DeskSettings.DEFAULT.with(
            b -> b.durability(DeskSettings.Durability.RELAXED).repeatWindow(Duration.ofDays(3))));
    returns();
    Recalculation ready = judgedAgain(Map.of(RecalculatedSetting.REPEAT_WINDOW, "7d"));
    desk().recalculations().keep(ready.id(), "Kim");
    fixture.reopen();
    assertThat(repeats()).isEqualTo(3);
  }

  @Test
  void aLongerWindowMakesTwoRepeatContactsMore() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.repeatWindow(Duration.ofDays(3))));
    returns();
    assertThat(repeats()).isEqualTo(1);
    Recalculation ready = judgedAgain(Map.of(RecalculatedSetting.REPEAT_WINDOW, "7d"));
    assertThat(ready.settings())
        .containsExactly(new Recalculation.Setting("repeatWindow", "3d", "7d"));
    assertThat(comparison(ready).repeatsBefore()).isEqualTo(1);
    assertThat(comparison(ready).repeatsAfter()).isEqualTo(3);
    assertThat(comparison(ready).repeats())
        .containsExactly(
            new CaseDifference("p5", null, "p1"), new CaseDifference("p6", null, "p2"));
    assertThat(repeats()).as("nothing is kept yet").isEqualTo(1);

    desk().recalculations().keep(ready.id(), "Kim");
    assertThat(repeats()).isEqualTo(3);
    assertThat(desk().articles().health("printer").orElseThrow().repeat().returned()).isEqualTo(3);
    assertThat(desk().settings().repeatWindow()).isEqualTo(Duration.ofDays(7));
    printer("p7", "dan", "P6D");
    printer("p8", "dan", "P11D");
    assertThat(desk().assist().outcome("p8").orElseThrow().repeatOf())
        .as("live cases are judged under it from now on")
        .isEqualTo("p7");
    fixture.reopen();
    assertThat(desk().settings().repeatWindow()).isEqualTo(Duration.ofDays(7));
    assertThat(desk().recalculations().decisions()).extracting("by").containsExactly("Kim");
    assertThat(repeats()).isEqualTo(4);
  }

  @Test
  void aHigherFloorTurnsAMissingGapOn() {
    String asked = "Reset a forgotten password please";
    fixture.story("r1", "ann", "PT0S").asks(asked).close();
    fixture.story("r2", "bob", "PT1H").asks(asked).close();
    assertThat(desk().board().list(GapFilter.FIRST_PAGE).gaps()).isEmpty();
    Recalculation ready =
        judgedAgain(new RecalculationRequest(Map.of(), Map.of("en", 0.9999), "Lee"));
    assertThat(comparison(ready).outcomesChanged()).isEqualTo(2);
    assertThat(comparison(ready).outcomes())
        .contains(new CaseDifference("r1", "answered", "no-match"));
    assertThat(comparison(ready).gaps())
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.difference()).isEqualTo(Difference.NEW);
              assertThat(gap.id()).isNull();
              assertThat(gap.joined()).containsExactly("r1", "r2");
            });
    desk().recalculations().keep(ready.id(), "Kim");
    Gap gap = desk().board().find("gap-1").orElseThrow();
    assertThat(gap.cases()).containsExactly("r1", "r2");
    assertThat(gap.history())
        .extracting(Gap.Event::what)
        .containsExactly(What.RAISED, What.RECALCULATED);
    assertThat(gap.history().getLast().by()).isEqualTo("Kim");
    assertThat(desk().floors().get("en").value()).isEqualTo(0.9999);
    assertThat(desk().assist().outcome("r2").orElseThrow().gap()).isEqualTo("gap-1");
    fixture.story("r3", "cid", "P1D").asks(asked).close();
    assertThat(desk().board().find("gap-1").orElseThrow().cases())
        .as("the next one joins")
        .containsExactly("r1", "r2", "r3");
  }

  @Test
  void whatPeopleDecidedSurvives() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    fixture.asksOfSubmarines("s1", "ann", "P1D");
    fixture.asksOfSubmarines("s2", "bob", "P1DT1H");
    fixture.asksOfSubmarines("s3", "cid", "P1DT2H");
    fixture.story("c1", "ann", "P2D").asks("The conveyor belt is stuck").close();
    fixture.story("c2", "bob", "P2DT1H").asks("The conveyor belt is stuck").close();
    GapBoard board = desk().board();
    Gap submarines = board.find("gap-2").orElseThrow();
    board.change(
        "gap-2",
        submarines.version(),
        new GapChange(null, "Kim", Gap.Remedy.PRODUCT_FIX, "ours", "Lee"));
    Gap giraffes = board.find("gap-1").orElseThrow();
    board.change(
        "gap-1",
        giraffes.version(),
        new GapChange(Gap.State.DISMISSED, null, null, "no zoo", "Lee"));

    Recalculation ready = judgedAgain(Map.of(RecalculatedSetting.MINIMUM_CUSTOMERS, "3"));
    assertThat(comparison(ready).gaps())
        .extracting(GapDifference::id, GapDifference::difference, GapDifference::stays)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("gap-1", Difference.GONE, true),
            org.assertj.core.groups.Tuple.tuple("gap-3", Difference.GONE, false));
    // What comes in before somebody decides is included.
    fixture.asksOfSubmarines("s4", "dan", "P3D");
    desk().recalculations().keep(ready.id(), "Kim");

    Gap kept = board.find("gap-2").orElseThrow();
    assertThat(kept.cases()).containsExactly("s1", "s2", "s3", "s4");
    assertThat(kept.owner()).isEqualTo("Kim");
    assertThat(kept.state()).isEqualTo(Gap.State.ASSIGNED);
    assertThat(kept.remedy()).isEqualTo(Gap.Remedy.PRODUCT_FIX);
    assertThat(kept.history().getFirst().what()).isEqualTo(What.RAISED);
    assertThat(kept.history().getLast().details())
        .containsEntry("settings", "minimumCustomers 2 → 3")
        .containsEntry("before", 4)
        .containsEntry("after", 4);
    Gap dismissed = board.find("gap-1").orElseThrow();
    assertThat(dismissed.state()).isEqualTo(Gap.State.DISMISSED);
    assertThat(dismissed.cases()).containsExactly("g1", "g2");
    assertThat(board.find("gap-3")).as("held back again").isEmpty();
    fixture.asksOfGiraffes("g3", "cid", "P4D");
    assertThat(board.find("gap-1").orElseThrow().cases())
        .as("a dismissal goes on to hold")
        .containsExactly("g1", "g2", "g3");
    fixture.story("c3", "cid", "P4DT1H").asks("The conveyor belt is stuck").close();
    assertThat(board.find("gap-3").orElseThrow().cases())
        .as("it comes back under its own id")
        .containsExactly("c1", "c2", "c3");
  }

  @Test
  void anArticleComesWhenItCame() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    desk()
        .articles()
        .put(article("giraffes", "How to feed a giraffe in winter", "Feed a giraffe hay."));
    assertThat(desk().board().find("gap-1").orElseThrow().state()).isEqualTo(Gap.State.PUBLISHED);
    fixture.asksOfGiraffes("g3", "cid", "P1D");
    Recalculation ready = judgedAgain(Map.of());
    assertThat(comparison(ready).gaps()).isEmpty();
    assertThat(comparison(ready).outcomes()).isEmpty();
    desk().recalculations().keep(ready.id(), "Kim");
    assertThat(desk().board().find("gap-1").orElseThrow().cases()).containsExactly("g1", "g2");
    assertThat(desk().assist().outcome("g2").orElseThrow().outcome())
        .as("there was no article yet")
        .isEqualTo(Outcome.Kind.NO_MATCH);
  }

  @Test
  void nothingOfItRemainsWhenItIsThrownAwayOrTheDeskStops() {
    returns();
    String before = told();
    Recalculations recalculations = desk().recalculations();
    Recalculation first = judgedAgain(Map.of(RecalculatedSetting.REPEAT_WINDOW, "2d"));
    assertThat(fixture.folder.resolve("recalculation")).exists();
    assertThatThrownBy(
            () -> recalculations.begin(new RecalculationRequest(Map.of(), Map.of(), "Lee")))
        .isInstanceOf(ConflictException.class);
    recalculations.discard(first.id());
    assertThat(fixture.folder.resolve("recalculation")).doesNotExist();
    assertThat(recalculations.latest()).isEmpty();
    assertThatThrownBy(() -> recalculations.keep(first.id(), "Lee"))
        .isInstanceOf(NotFoundException.class);

    judgedAgain(Map.of(RecalculatedSetting.REPEAT_WINDOW, "2d"));
    fixture.reopen();
    assertThat(fixture.folder.resolve("recalculation")).doesNotExist();
    assertThat(told()).isEqualTo(before);
    assertThat(desk().settings().repeatWindow()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void oneThatWasThrownAwayBeforeItBeganDoesNotRun() {
    Recalculations recalculations = desk().recalculations();
    String id = recalculations.begin(new RecalculationRequest(Map.of(), Map.of(), "Lee")).id();
    assertThatThrownBy(() -> recalculations.keep(id, "Lee"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("waiting");
    recalculations.discard(id);
    assertThatThrownBy(() -> recalculations.run(id)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aSettingThatIsNoneIsRefused() {
    Recalculations recalculations = desk().recalculations();
    assertThatThrownBy(() -> RecalculatedSetting.parse("closeAfter"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("repeatWindow");
    assertThatThrownBy(
            () ->
                recalculations.begin(
                    new RecalculationRequest(
                        Map.of(RecalculatedSetting.GROUPING, "1.5"), Map.of(), "Lee")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("grouping");
    assertThat(recalculations.latest()).isEmpty();
  }

  @Test
  void nothingIsEmbeddedTwice() {
    ScriptedEmbedder model = new ScriptedEmbedder("lengths", 4, text -> text.length() % 4);
    fixture.embedder(model).beginAgain(DeskSettings.DEFAULT);
    returns();
    fixture.asksOfGiraffes("g1", "ann", "P6D");
    fixture.asksOfSubmarines("s1", "ann", "P6D");
    assertThat(model.asked).isNotEmpty();
    model.asked.clear();
    judgedAgain(Map.of(RecalculatedSetting.REPEAT_WINDOW, "3d"));
    assertThat(model.asked).isEmpty();
  }

  @Test
  void oneThatCannotBeKeptLeavesNoCopyOfThePast() throws IOException {
    returns();
    Recalculation ready = judgedAgain(Map.of(RecalculatedSetting.REPEAT_WINDOW, "3d"));
    long repeats = repeats();
    Path copy = fixture.folder.resolve("recalculation");
    Files.delete(copy.resolve("desk.db"));
    assertThatThrownBy(() -> desk().recalculations().keep(ready.id(), "Lee"))
        .isInstanceOf(RuntimeException.class);
    assertThat(desk().recalculations().get(ready.id()).state()).isEqualTo(State.FAILED);
    assertThat(copy).doesNotExist();
    assertThat(repeats()).as("it is as it was").isEqualTo(repeats);
  }
}
