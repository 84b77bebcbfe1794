package io.gapcanary;

import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.kb.TextEmbedder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A machine opens cases; customers do too. More than 30 alike within ten minutes are a flood. */
@Tag("slow")
class FloodTest {
  private static final String GIRAFFE = "How do I feed my giraffe in winter?";

  private static final DeskSettings RELAXED =
      DeskSettings.DEFAULT.with(b -> b.durability(DeskSettings.Durability.RELAXED));

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(DeskFixture.PRINTER, DeskFixture.RESET_PASSWORD).settings(RELAXED);

  /** Opens, asks and closes so many cases of as many customers within a minute. */
  private void flood(String name, String from, int cases, IntFunction<String> text) {
    for (int i = 0; i < cases; i++) {
      one(name + i, at(from).plusMillis(60_000L * i / cases), text.apply(i));
    }
  }

  private Outcome one(String id, Instant opened, String text) {
    AgentAssist assist = fixture.desk.assist();
    assist.open(
        CaseOpening.builder()
            .id(id)
            .openedAt(opened)
            .customerId("customer of " + id)
            .channel("web")
            .build());
    assist.hear(id, Message.customer(text).at(opened));
    return assist.close(id, Closing.at(opened.plusMillis(20), null));
  }

  private Flood onlyFlood() {
    return fixture.desk.floods().list(10).floods().getFirst();
  }

  private int setAside() {
    return fixture.desk.totals().setAside();
  }

  @Test
  void aThousandCasesOfOneTextAreOneCaseAndListed() {
    flood("bot-", "PT0S", 1000, i -> GIRAFFE);

    assertThat(fixture.gaps()).as("one text is no gap, whoever sends it").isEmpty();
    Totals totals = fixture.desk.totals();
    assertThat(totals.cases()).isEqualTo(1);
    assertThat(totals.noMatch()).isEqualTo(1);
    assertThat(totals.setAside()).isEqualTo(999);
    Flood flood = onlyFlood();
    assertThat(fixture.desk.floods().list(10).texts()).isEqualTo(1);
    assertThat(flood.question()).isEqualTo(GIRAFFE);
    assertThat(flood.cases()).isEqualTo(999);
    assertThat(flood.counted()).isEqualTo("bot-0");
    assertThat(flood.firstSeen()).isEqualTo(at("PT0.06S"));
    assertThat(flood.lastSeen()).isEqualTo(at("PT59.94S"));
    assertThat(flood.channels()).containsExactly("web");
    assertThat(fixture.desk.floods().cases(flood.id(), 2)).containsExactly("bot-999", "bot-998");
    assertThat(fixture.desk.assist().find("bot-500").orElseThrow().messages()).hasSize(1);
    assertThat(fixture.desk.assist().outcome("bot-500").orElseThrow().setAside()).isTrue();
    assertThat(fixture.desk.assist().outcome("bot-0").orElseThrow().setAside()).isFalse();
  }

  @Test
  void numbersAndIdsMakeNoDifference() {
    flood("bot-", "PT0S", 100, i -> "Order " + (18231 + i) + " (ref AB-" + i + "x) is STUCK!");
    assertThat(setAside()).isEqualTo(99);
    assertThat(fixture.gaps()).isEmpty();
  }

  @Test
  void asManyAsTheSettingSaysAreNone() {
    flood("real-", "PT0S", 30, i -> GIRAFFE);
    assertThat(setAside()).isZero();
    assertThat(fixture.gaps()).hasSize(1);
    assertThat(fixture.gaps().getFirst().cases()).hasSize(30);
  }

  @Test
  void asManyAlikeOverALongerTimeAreNone() {
    for (int i = 0; i < 60; i++) {
      one("real-" + i, at("PT0S").plusSeconds(21L * i), GIRAFFE);
    }
    assertThat(setAside()).isZero();
    assertThat(fixture.gaps().getFirst().cases()).hasSize(60);
  }

  @Test
  void anOutageOfManyCustomersInWordsOfTheirOwnIsAGapAsEver() {
    List<String> beginnings =
        List.of("Hello,", "Since noon", "Please help,", "Why is it that", "On my phone");
    List<String> middles =
        List.of("the giraffe feeder app", "feeding the giraffe", "my giraffe feeder");
    List<String> ends =
        List.of("does not start", "stopped working", "shows only an error", "hangs for ever");
    List<String> texts = new ArrayList<>();
    beginnings.forEach(
        b -> middles.forEach(m -> ends.forEach(e -> texts.add(b + " " + m + " " + e))));
    assertThat(texts).hasSize(60);

    flood("out-", "PT0S", 60, texts::get);

    assertThat(setAside()).isZero();
    assertThat(fixture.gaps()).isNotEmpty();
    assertThat(fixture.gaps().stream().mapToInt(gap -> gap.cases().size()).sum()).isGreaterThan(50);
  }

  @Test
  void aFloodBesideAGapIsOneCaseOfItAndTheGapTellsOfTheRest() {
    fixture.story("ann", "ann", "-P1D").asks("What do I feed a giraffe in the winter?").close();
    fixture.story("bob", "bob", "-PT3H").asks("Feeding my giraffe in winter: how?").close();
    Gap before = fixture.gaps().getFirst();
    assertThat(before.cases()).hasSize(2);

    flood("bot-", "PT0S", 200, i -> GIRAFFE);

    Gap after = fixture.gaps().getFirst();
    assertThat(fixture.gaps()).hasSize(1);
    assertThat(after.cases()).hasSize(3);
    assertThat(after.impact().distinctCustomers()).isEqualTo(3);
    assertThat(fixture.desk.floods().beside(after)).isEqualTo(199);
    assertThat(onlyFlood().gap()).isEqualTo(after.id());
  }

  @Test
  void aSecondFloodOfATextAddsNothing() {
    flood("bot-", "PT0S", 100, i -> GIRAFFE);
    flood("again-", "P2D", 100, i -> GIRAFFE);
    assertThat(fixture.gaps()).isEmpty();
    assertThat(fixture.desk.totals().cases()).as("thirty came before it showed").isEqualTo(1);
    assertThat(setAside()).isEqualTo(199);
  }

  @Test
  void oneWhoAsksLongBeforeOrAfterCounts() {
    one("before", at("-PT1H"), GIRAFFE);
    flood("bot-", "PT0S", 100, i -> GIRAFFE);
    one("after", at("PT1H"), GIRAFFE);
    assertThat(fixture.desk.assist().outcome("before").orElseThrow().setAside()).isFalse();
    assertThat(fixture.desk.assist().outcome("after").orElseThrow().setAside()).isFalse();
    assertThat(fixture.gaps().getFirst().cases()).containsExactly("before", "bot-0", "after");
  }

  @Test
  void whatCustomersGoOnToSayMakesTheirCaseTheirOwn() {
    flood("bot-", "PT0S", 100, i -> GIRAFFE);
    assertThat(fixture.desk.assist().outcome("bot-50").orElseThrow().setAside()).isTrue();

    fixture
        .desk
        .assist()
        .hear(
            "bot-50",
            Message.customer("She refuses acacia leaves since it snowed, what else may she eat?")
                .at(at("PT5M")));
    Outcome again = fixture.desk.assist().close("bot-50", Closing.at(at("PT6M"), null));

    assertThat(again.setAside()).isFalse();
    assertThat(setAside()).isEqualTo(98);
    assertThat(fixture.desk.totals().cases()).isEqualTo(2);
  }

  @Test
  void nothingIsLearnedAndNoArticleIsJudgedByAFlood() {
    for (int i = 0; i < 100; i++) {
      Instant opened = at("PT0S").plusMillis(600L * i);
      AgentAssist assist = fixture.desk.assist();
      assist.open(
          CaseOpening.builder().id("bot-" + i).openedAt(opened).customerId("c" + i).build());
      assist.hear("bot-" + i, Message.customer("blotchy sheets of paper").at(opened));
      assist.link("bot-" + i, "printer", LinkAction.LINKED, opened.plusMillis(5));
      assist.close("bot-" + i, Closing.at(opened.plusMillis(20), Resolution.SOLVED));
    }
    assertThat(setAside()).isEqualTo(99);
    assertThat(fixture.desk.articles().wordings("printer"))
        .singleElement()
        .satisfies(wording -> assertThat(wording.times()).isEqualTo(1));
    assertThat(fixture.desk.articles().health("printer").orElseThrow().repeat().given())
        .isEqualTo(1);
    assertThat(fixture.desk.assist().outcome("bot-99").orElseThrow().given())
        .containsExactly("printer");
  }

  @Test
  void oneCustomersFloodIsNoRepeatContactAndHidesNoneOfTheirOwn() {
    fixture.story("real", "one", "-PT2H").asks(GIRAFFE).close();
    for (int i = 0; i < 100; i++) {
      Instant opened = at("PT0S").plusSeconds(5L * i);
      AgentAssist assist = fixture.desk.assist();
      assist.open(CaseOpening.builder().id("bot-" + i).openedAt(opened).customerId("one").build());
      assist.hear("bot-" + i, Message.customer("disk full on host " + i).at(opened));
      assist.close("bot-" + i, Closing.at(opened.plusMillis(20), null));
    }
    assertThat(fixture.desk.totals().setAside()).isEqualTo(99);
    assertThat(fixture.desk.totals().repeatContacts()).isZero();

    Outcome again = fixture.story("again", "one", "PT3H").asks(GIRAFFE).close();
    assertThat(again.repeatOf()).isEqualTo("real");
  }

  @Test
  void realPeopleCountAsSoonAsSomebodySaysTheyAre() {
    flood("real-", "PT0S", 100, i -> GIRAFFE);
    Flood decided = fixture.desk.floods().decide(onlyFlood().id(), true, "Lee");
    assertThat(decided.people()).isTrue();
    assertThat(decided.decidedBy()).isEqualTo("Lee");

    assertThat(fixture.desk.floods().countReleased(60)).isEqualTo(60);
    assertThat(setAside()).isEqualTo(39);
    assertThat(fixture.desk.floods().countReleased(1000)).isEqualTo(39);
    assertThat(fixture.desk.floods().countReleased(1000)).isZero();

    assertThat(fixture.gaps().getFirst().cases()).hasSize(100);
    assertThat(fixture.desk.totals().cases()).isEqualTo(100);
    assertThat(fixture.desk.floods().list(10).cases()).isZero();
    assertThat(onlyFlood().people()).as("what was decided stays in sight").isTrue();

    flood("later-", "P1D", 50, i -> GIRAFFE);
    assertThat(setAside()).isZero();
    assertThat(fixture.gaps().getFirst().cases()).hasSize(150);

    fixture.desk.floods().decide(onlyFlood().id(), false, "Lee");
    flood("bot-", "P3D", 50, i -> GIRAFFE);
    assertThat(setAside()).isGreaterThan(19);
    assertThatThrownBy(() -> fixture.desk.floods().decide("flood-77", true, "Lee"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void takingThatBackConcernsLaterCasesOnly() {
    flood("real-", "PT0S", 100, i -> GIRAFFE);
    fixture.desk.floods().decide(onlyFlood().id(), true, "Lee");
    fixture.desk.floods().countReleased(1000);
    fixture.clock = at("PT3M");
    fixture.desk.floods().decide(onlyFlood().id(), false, "Lee");

    flood("bot-", "PT4M", 50, i -> GIRAFFE);
    assertThat(setAside()).isEqualTo(50);
    assertThat(fixture.gaps().getFirst().cases()).hasSize(100);
  }

  @Test
  void whatRealPeopleWereGivenIsLearnedThen() {
    for (int i = 0; i < 40; i++) {
      Instant opened = at("PT0S").plusSeconds(i);
      AgentAssist assist = fixture.desk.assist();
      assist.open(
          CaseOpening.builder().id("real-" + i).openedAt(opened).customerId("c" + i).build());
      assist.hear("real-" + i, Message.customer("blotchy sheets of paper").at(opened));
      assist.link("real-" + i, "printer", LinkAction.LINKED, opened.plusMillis(5));
    }
    for (int i = 0; i < 40; i++) {
      fixture.desk.assist().close("real-" + i, Closing.at(at("PT5M").plusSeconds(i), null));
    }
    assertThat(fixture.desk.articles().wordings("printer").getFirst().times()).isLessThan(40);

    fixture.desk.floods().decide(onlyFlood().id(), true, "Lee");
    fixture.desk.floods().countReleased(100);

    assertThat(fixture.desk.articles().wordings("printer").getFirst().times()).isEqualTo(40);
    assertThat(fixture.desk.articles().health("printer").orElseThrow().repeat().given())
        .isEqualTo(40);
  }

  @Test
  void whatRealPeopleWereNotHelpedByIsLearnedThen() {
    for (int i = 0; i < 40; i++) {
      Instant opened = at("PT0S").plusSeconds(i);
      AgentAssist assist = fixture.desk.assist();
      assist.open(
          CaseOpening.builder().id("real-" + i).openedAt(opened).customerId("c" + i).build());
      assist.hear("real-" + i, Message.customer("blotchy sheets of paper").at(opened));
    }
    for (int i = 0; i < 40; i++) {
      Instant later = at("PT5M").plusSeconds(i);
      AgentAssist assist = fixture.desk.assist();
      assist.link("real-" + i, "printer", LinkAction.DISMISSED, later);
      if (i % 2 == 0) {
        assist.link("real-" + i, "printer", LinkAction.LINKED, later.plusMillis(5));
      }
      assist.close("real-" + i, Closing.at(later.plusMillis(9), null));
    }
    assertThat(dismissals()).isLessThan(20);

    fixture.desk.floods().decide(onlyFlood().id(), true, "Lee");
    fixture.desk.floods().countReleased(100);

    assertThat(dismissals()).as("all but those who were given it after all").isEqualTo(20);
  }

  private int dismissals() {
    return fixture.desk.articles().dismissals("printer").stream()
        .mapToInt(LearnedWording::times)
        .sum();
  }

  @Test
  void aTextThatIsTheSameToTheLetterIsNotEmbeddedAgain() {
    Listening model = new Listening();
    fixture.embedder(model).beginAgain(RELAXED);
    flood("bot-", "PT0S", 60, i -> GIRAFFE);
    assertThat(setAside()).isEqualTo(59);
    assertThat(model.texts).filteredOn(text -> text.contains("giraffe")).hasSizeBetween(1, 3);
  }

  /** Remembers what it was asked; to it everything means the same. */
  private static final class Listening implements TextEmbedder {
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

    @Override
    public String name() {
      return "listening";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public boolean understands(String language) {
      return true;
    }

    @Override
    public List<float[]> embed(List<String> asked, Role role) {
      texts.addAll(asked);
      return asked.stream().map(text -> new float[] {1, 0}).toList();
    }
  }

  @Test
  void zeroTurnsItOff() {
    fixture.beginAgain(RELAXED.with(b -> b.floodCases(0)));
    flood("bot-", "PT0S", 100, i -> GIRAFFE);
    assertThat(setAside()).isZero();
    assertThat(fixture.gaps().getFirst().cases()).hasSize(100);
  }

  @Test
  void aRestartInTheMiddleChangesNothing() {
    flood("bot-", "PT0S", 25, i -> GIRAFFE);
    fixture.reopen();
    flood("more-", "PT1M", 25, i -> GIRAFFE);
    fixture.reopen();
    flood("most-", "PT2M", 25, i -> GIRAFFE);
    assertThat(setAside()).isEqualTo(74);
    assertThat(fixture.desk.totals().cases()).isEqualTo(1);
    assertThat(fixture.gaps()).isEmpty();
  }

  @Test
  void anImportInAnyOrderFindsIt() {
    fixture.clock = at("P1D");
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(7));
    for (int i : order) {
      Instant opened = at("PT0S").plusMillis(4000L * i);
      fixture
          .desk
          .past()
          .take(
              new CaseLine(
                  "bot-" + i,
                  CaseOpening.builder().id("bot-" + i).openedAt(opened).customerId("c" + i).build(),
                  List.of(Message.customer(GIRAFFE).at(opened)),
                  List.of(),
                  Closing.at(opened.plusSeconds(30), null)));
    }
    assertThat(setAside()).isEqualTo(119);
    assertThat(fixture.desk.totals().cases()).isEqualTo(1);
    assertThat(fixture.gaps()).isEmpty();
  }

  @Test
  void judgedAgainUnderAnotherSettingTheyCount() {
    fixture.beginAgain(DeskSettings.DEFAULT);
    flood("bot-", "PT0S", 50, i -> GIRAFFE);
    keep(Map.of(RecalculatedSetting.FLOOD_CASES, "0"));
    assertThat(setAside()).isZero();
    assertThat(fixture.desk.totals().cases()).isEqualTo(50);
    assertThat(fixture.gaps().getFirst().cases()).hasSize(50);
  }

  @Test
  void judgedAgainUnderAnotherSettingTheyAreSetAside() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.floodCases(0)));
    flood("bot-", "PT0S", 50, i -> GIRAFFE);
    assertThat(fixture.gaps()).hasSize(1);
    keep(Map.of(RecalculatedSetting.FLOOD_CASES, "40"));
    assertThat(setAside()).isEqualTo(49);
    assertThat(fixture.desk.totals().cases()).isEqualTo(1);
    assertThat(fixture.gaps()).isEmpty();
    String before = DeskJson.line(fixture.desk.floods().list(10));

    keep(Map.of());
    assertThat(DeskJson.line(fixture.desk.floods().list(10))).isEqualTo(before);
  }

  @Test
  void judgedAgainWhatPeopleDecidedHolds() {
    fixture.beginAgain(DeskSettings.DEFAULT);
    flood("real-", "PT0S", 50, i -> GIRAFFE);
    fixture.desk.floods().decide(onlyFlood().id(), true, "Lee");
    keep(Map.of());
    assertThat(setAside()).isZero();
    assertThat(fixture.gaps().getFirst().cases()).hasSize(50);
    assertThat(onlyFlood().decidedBy()).isEqualTo("Lee");
  }

  private void keep(Map<RecalculatedSetting, String> settings) {
    Recalculations recalculations = fixture.desk.recalculations();
    String id = recalculations.begin(new RecalculationRequest(settings, Map.of(), "Lee")).id();
    recalculations.run(id);
    recalculations.keep(id, "Lee");
  }

  @Test
  void anErasedCustomersCaseGoesOutOfAFlood() {
    flood("bot-", "PT0S", 40, i -> GIRAFFE);
    erase("bot-7");
    assertThat(setAside()).isEqualTo(38);
    assertThat(fixture.desk.floods().cases(onlyFlood().id(), 100)).doesNotContain("bot-7");

    for (int i = 0; i < 40; i++) {
      erase("bot-" + i);
    }
    assertThat(fixture.desk.floods().list(10).floods()).isEmpty();
  }

  private void erase(String id) {
    fixture.desk.erase(List.of(new Identity("customer", "customer of " + id)));
  }

  @Test
  void casesKeptLongEnoughGoOutOfAFlood() {
    fixture.beginAgain(RELAXED.with(b -> b.keepCases(Duration.ofDays(30))));
    flood("old-", "PT0S", 40, i -> GIRAFFE);
    flood("new-", "P20D", 40, i -> GIRAFFE);
    assertThat(setAside()).isEqualTo(79);
    fixture.clock = at("P40D");
    assertThat(fixture.desk.removeOldCases(1000)).isEqualTo(40);
    assertThat(setAside()).isEqualTo(40);
    fixture.clock = at("P60D");
    fixture.desk.removeOldCases(1000);
    assertThat(fixture.desk.floods().list(10).floods()).isEmpty();
  }
}
