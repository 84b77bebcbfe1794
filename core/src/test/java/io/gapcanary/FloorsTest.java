package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FloorsTest {
  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          article("reset", "Reset a forgotten password", "Click Forgot password."),
          PRINTER,
          article("refund", "Ask for a refund of an order", "Open the order."));

  private Floors floors() {
    return fixture.desk.floors();
  }

  private static FloorDecision to(double floor) {
    return new FloorDecision(floor, "");
  }

  @Test
  void aFloorComesWithTheProductUntilSomebodySetsIt() {
    Floor floor = floors().get("en");
    assertThat(floors().list()).containsExactly(floor);
    assertThat(floor.source()).isEqualTo(Floor.Source.SHIPPED);
    assertThat(floor.value()).isEqualTo(fixture.desk.floor("en")).isEqualTo(floor.otherwise());
    assertThat(floor.version()).isZero();
    assertThatThrownBy(() -> floors().get("ko"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("ko");
  }

  @Test
  void anOperatorsSettingIsToldAndAPersonsDecisionStandsOverIt() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.floors(Map.of("en", 0.4))));
    assertThat(floors().get("en").source()).isEqualTo(Floor.Source.SETTINGS);
    Floor decided = floors().decide("en", 0, to(0.6));
    assertThat(decided.value()).isEqualTo(fixture.desk.floor("en")).isEqualTo(0.6);
    assertThat(decided.otherwise()).isEqualTo(0.4);
    assertThat(decided.otherwiseFrom()).isEqualTo(Floor.Source.SETTINGS);
  }

  @Test
  void aDecisionHoldsAtOnceSurvivesARestartAndCanBeTakenBack() {
    double found = floors().get("en").value();
    fixture.story("c1", "ann", "PT0S").asks("I forgot my password").open();
    Suggestions before = fixture.desk.assist().suggest("c1");
    assertThat(before.verdict()).isEqualTo("answered");

    double above = (before.answerable() + 1) / 2;
    Floor decided = floors().decide("en", 0, to(above));
    assertThat(decided.source()).isEqualTo(Floor.Source.PERSON);
    assertThat(decided.decisions())
        .containsExactly(new Floor.Decision(above, DeskFixture.MONDAY, "manager"));
    assertThat(fixture.desk.assist().suggest("c1").verdict()).isEqualTo("no-match");

    fixture.reopen();
    assertThat(floors().get("en")).isEqualTo(decided);
    assertThat(fixture.desk.assist().suggest("c1").verdict()).isEqualTo("no-match");

    Floor back = floors().decide("en", 1, new FloorDecision(null, "Mina"));
    assertThat(back.source()).isEqualTo(Floor.Source.SHIPPED);
    assertThat(back.value()).isEqualTo(found);
    assertThat(back.decisions()).extracting(Floor.Decision::by).containsExactly("Mina", "manager");
    fixture.reopen();
    assertThat(fixture.desk.floor("en")).isEqualTo(found);
  }

  @Test
  void aDecisionOnAnOldVersionIsRefused() {
    floors().decide("en", 0, to(0.7));
    assertThatThrownBy(() -> floors().decide("en", 0, to(0.8))).isInstanceOf(StaleException.class);
    assertThat(fixture.desk.floor("en")).isEqualTo(0.7);
  }

  @Test
  void aFloorIsAProbability() {
    for (double floor : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> to(floor)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anOutlookAsksThePastAgainWithoutWhatEachCaseTaught() {
    fixture.story("known", "ann", "PT0S").asks("I forgot my password").linked("reset").close();
    fixture.story("odd", "bob", "PT1H").asks("The frobnicator hums").linked("printer").close();
    fixture.story("none", "cyd", "PT2H").asks("How do I breed giraffes in winter?").close();
    fixture.story("korean", "dan", "PT3H").asks("기린을 어떻게 키우나요 알려 주세요").close();
    fixture.story("greeting", "eve", "PT4H").asks("Hello, anyone there?").close();

    FloorOutlook outlook = floors().outlook("en");
    assertThat(outlook.cases())
        .extracting(FloorOutlook.Asked::caseId)
        .containsExactly("none", "odd", "known");
    assertThat(outlook.given()).isEqualTo(2);
    assertThat(outlook.notGiven()).isEqualTo(1);
    assertThat(outlook.cases().get(1).answerable()).isLessThan(0.5);

    FloorOutlook.Point floor = outlook.at(floors().get("en").value());
    assertThat(floor.missed()).isEqualTo(1);
    assertThat(floor.wrongSuggestions()).isZero();
    // no floor is low enough for a question that finds nothing
    assertThat(outlook.at(1e-9).missed()).isEqualTo(1);
    assertThat(outlook.curve()).hasSize(19);
  }

  @Test
  void anOutlookIsKeptUntilTheDeskLearnsSomething() {
    fixture.story("c1", "ann", "PT0S").asks("The frobnicator hums when tilted").close();
    FloorOutlook before = floors().outlook("en");
    assertThat(floors().outlook("en")).isSameAs(before);
    fixture.desk.articles().put(article("hum", "The frobnicator hums when tilted", "Turn it."));
    assertThat(floors().outlook("en").cases().getFirst().answerable())
        .isGreaterThan(before.cases().getFirst().answerable());
  }

  @Test
  void movingTheFloorTellsWhichCasesWouldChange() {
    fixture.story("known", "ann", "PT0S").asks("I forgot my password").linked("reset").close();
    fixture.story("none", "cyd", "PT2H").asks("How do I breed giraffes in winter?").close();
    FloorOutlook outlook = floors().outlook("en");
    double floor = floors().get("en").value();
    double above = (outlook.cases().get(1).answerable() + 1) / 2;

    assertThat(outlook.change(floor, above).toSilence())
        .extracting(FloorOutlook.Asked::caseId)
        .containsExactly("known");
    assertThat(outlook.change(floor, above).toSuggestion()).isEmpty();
    assertThat(outlook.change(above, floor).toSuggestion())
        .extracting(FloorOutlook.Asked::caseId)
        .containsExactly("known");
    assertThat(outlook.change(floor, floor).toSilence()).isEmpty();
    assertThatThrownBy(() -> outlook.change(floor, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
