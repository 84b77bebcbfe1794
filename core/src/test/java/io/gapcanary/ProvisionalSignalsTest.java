package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gapcanary.BoardLog.Place;
import io.gapcanary.kb.Article;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What cases say of gaps while they are open. */
class ProvisionalSignalsTest {
  private static final List<String> GIRAFFES =
      List.of(
          "How do I feed my giraffe in winter?",
          "What to feed a giraffe in winter?",
          "feed giraffe in winter please",
          "How should I feed the giraffe in winter?",
          "Must I feed a giraffe more in winter?",
          "Who can feed my giraffe this winter?");

  private static final List<String> GIRAFFES_IN_KOREAN =
      List.of("겨울에 기린에게 먹이를 어떻게 주나요?", "겨울에 기린 먹이는 어떻게 주나요?");

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  /** Opens cases of as many customers, each of whom asks about giraffes in words of their own. */
  private void giraffes(int from, int to) {
    for (int i = from; i < to; i++) {
      asks("g" + i, "customer " + i, GIRAFFES.get(i));
    }
  }

  private void asks(String id, String customer, String text) {
    fixture.story(id, customer, "PT1H").asks(text).open();
  }

  private void look() {
    int changed = 1;
    while (changed > 0) {
      changed = fixture.desk.lookAtOpenCases(10);
    }
  }

  private void lookAfter(Duration time) {
    fixture.clock = fixture.clock.plus(time);
    look();
  }

  private OpenNow now() {
    return fixture.desk.board().openNow();
  }

  private FormingSubject forming() {
    assertThat(now().forming()).hasSize(1);
    return now().forming().getFirst();
  }

  private List<BoardChange> changes() {
    return fixture.desk.boardLog().after(Place.BEGINNING, 100).orElseThrow().changes();
  }

  private void close(String id) {
    fixture.desk.assist().close(id, Closing.at(at("PT2H"), null));
  }

  @Test
  void whatSeveralCustomersAskAndHasNoGapIsFormingAndCountsNowhere() {
    giraffes(0, 3);
    asks("printing", "pia", "The printer prints blank pages");
    asks("hello", "hal", "hello");
    look();
    assertThat(now().cases()).isEqualTo(3);
    assertThat(forming().kind()).isEqualTo(Gap.Kind.MISSING);
    assertThat(forming().title()).contains("giraffe");
    assertThat(forming().languages()).containsExactly("en");
    assertThat(forming().customers()).isEqualTo(3);
    assertThat(forming().cases()).containsExactly("g0", "g1", "g2");
    assertThat(forming().since()).isEqualTo(at("PT1H"));
    assertThat(forming().told()).as("three are few").isFalse();
    assertThat(fixture.gaps()).isEmpty();
    assertThat(fixture.desk.board().heldBack(10).count()).isZero();
    assertThat(fixture.desk.totals().cases()).isZero();
    assertThat(fixture.count("SELECT COUNT(*) FROM gap")).isZero();
  }

  @Test
  void otherSubjectsFormByThemselves() {
    giraffes(0, 2);
    asks("s1", "sue", "Can I paint my submarine yellow?");
    asks("s2", "sid", "Paint a submarine yellow, can I?");
    look();
    assertThat(now().forming())
        .extracting(FormingSubject::cases)
        .containsExactlyInAnyOrder(List.of("g0", "g1"), List.of("s1", "s2"));
  }

  @Test
  void oneCustomerFormsNothing() {
    for (int i = 0; i < 6; i++) {
      asks("g" + i, "ann", GIRAFFES.get(i));
    }
    look();
    assertThat(now().forming()).isEmpty();
    assertThat(now().cases()).isEqualTo(6);
  }

  @Test
  void anOpenCaseShowsAtTheGapThatItWouldJoinAndChangesNoFigureOfIt() {
    fixture.asksOfGiraffes("c1", "ann", "PT0S");
    fixture.asksOfGiraffes("c2", "bob", "PT10M");
    Gap before = fixture.gap("gap-1");
    giraffes(0, 3);
    asks("again", "customer 0", "How do I feed my giraffe in winter?");
    look();
    assertThat(now().of("gap-1").cases()).containsExactly("again", "g0", "g1", "g2");
    assertThat(now().of("gap-1").customers()).isEqualTo(3);
    assertThat(now().forming()).isEmpty();
    assertThat(fixture.gap("gap-1").cases()).containsExactly("c1", "c2");
    assertThat(fixture.gap("gap-1").customers()).isEqualTo(before.customers());
    assertThat(fixture.gap("gap-1").version()).isEqualTo(before.version());

    close("g0");
    look();
    assertThat(now().of("gap-1").cases()).containsExactly("again", "g1", "g2");
    assertThat(fixture.gap("gap-1").cases()).containsExactly("c1", "c2", "g0");
  }

  @Test
  void aSubjectBecomesAGapAsItsCasesClose() {
    giraffes(0, 4);
    look();
    close("g0");
    look();
    assertThat(forming().cases()).containsExactly("g1", "g2", "g3");
    assertThat(forming().closed()).isEqualTo(1);
    assertThat(forming().customers()).as("with the one that has closed").isEqualTo(4);
    close("g1");
    look();
    assertThat(now().forming()).isEmpty();
    assertThat(now().of("gap-1").cases()).containsExactly("g2", "g3");
    close("g2");
    close("g3");
    look();
    assertThat(now()).isEqualTo(OpenNow.NOTHING);
    assertThat(fixture.gap("gap-1").cases()).hasSize(4);
  }

  @Test
  void aCaseThatWasGivenAnArticleOrAsksSomethingElseSaysNothingAnyMore() {
    giraffes(0, 4);
    look();
    fixture.desk.assist().link("g0", "printer", LinkAction.LINKED, at("PT1H5M"));
    look();
    assertThat(forming().cases()).containsExactly("g1", "g2", "g3");
    fixture
        .desk
        .assist()
        .hear("g1", Message.agent("See https://help.example.com/printer").at(at("PT1H6M")));
    look();
    assertThat(forming().cases()).containsExactly("g2", "g3");
    fixture.desk.assist().link("g0", "printer", LinkAction.DISMISSED, at("PT1H7M"));
    look();
    assertThat(forming().cases()).containsExactly("g0", "g2", "g3");
  }

  @Test
  void aQuestionThatIsAnsweredMeanwhileSaysNothingAnyMore() {
    giraffes(0, 3);
    look();
    assertThat(forming().cases()).hasSize(3);
    fixture
        .desk
        .articles()
        .put(article("giraffes", "How to feed a giraffe in winter", "Feed the giraffe hay."));
    lookAfter(Duration.ofSeconds(10));
    assertThat(now()).isEqualTo(OpenNow.NOTHING);
  }

  @Test
  void aSuggestionThatTheAgentFindsUnfitIsAMiss() {
    asks("p1", "pia", "The printer prints blank pages");
    asks("p2", "pol", "My printer prints blank pages");
    look();
    assertThat(now().cases()).isZero();
    fixture.desk.assist().link("p1", "printer", LinkAction.DISMISSED, at("PT1H5M"));
    fixture.desk.assist().link("p2", "printer", LinkAction.DISMISSED, at("PT1H5M"));
    look();
    assertThat(forming().cases()).containsExactly("p1", "p2");
  }

  @Test
  void aVersionThatIsNotCoveredNamesItsArticle() {
    fixture
        .desk
        .articles()
        .put(
            Article.builder("export", "Export the calendar to a file", "Choose Export calendar.")
                .language("en")
                .versions("<3")
                .build());
    for (int i = 0; i < 2; i++) {
      fixture
          .story("v" + i, "customer " + i, "PT1H")
          .asks("How do I export the calendar to a file?")
          .onVersion("3.1")
          .open();
    }
    look();
    assertThat(forming().kind()).isEqualTo(Gap.Kind.SUPERSEDED);
    assertThat(forming().articleId()).isEqualTo("export");
  }

  @Test
  void aReopenedCaseThatCountsInAGapCountsOnce() {
    fixture.asksOfGiraffes("c1", "ann", "PT0S");
    fixture.asksOfGiraffes("c2", "bob", "PT10M");
    giraffes(0, 1);
    fixture.desk.assist().hear("c2", Message.customer("And the giraffe?").at(at("PT1H")));
    look();
    assertThat(fixture.gap("gap-1").cases()).containsExactly("c1", "c2");
    assertThat(now().of("gap-1").cases()).containsExactly("g0");
  }

  @Test
  void thoseWhoListenAreToldOnceAndNotAgainAfterARestart() {
    Webhook hook =
        fixture
            .desk
            .webhooks()
            .add(
                new Webhook.Wish(
                    URI.create("https://example.com/hook"),
                    Set.of(Webhook.Event.FORMING),
                    Set.of(),
                    true),
                null,
                "Mina")
            .webhook();
    giraffes(0, 4);
    look();
    assertThat(changes()).isEmpty();
    giraffes(4, 5);
    look();
    assertThat(forming().told()).isTrue();
    assertThat(changes())
        .extracting(BoardChange::what, BoardChange::cases, BoardChange::gap)
        .containsExactly(tuple(BoardChange.What.FORMING, 5, null));
    BoardChange.Forming told = changes().getFirst().forming();
    assertThat(told.customers()).isEqualTo(5);
    assertThat(told.cases()).containsExactly("g0", "g1", "g2", "g3", "g4");
    assertThat(told.title()).isEqualTo(forming().title());

    close("g0");
    fixture.reopen();
    giraffes(5, 6);
    look();
    assertThat(forming().told()).isTrue();
    assertThat(forming().cases()).containsExactly("g1", "g2", "g3", "g4", "g5");
    assertThat(changes()).hasSize(1);
    List<Webhook.Delivery> due = fixture.desk.webhooks().due(hook.id(), fixture.clock, 10);
    assertThat(due)
        .extracting(Webhook.Delivery::event, Webhook.Delivery::cases, Webhook.Delivery::gapId)
        .containsExactly(tuple(Webhook.Event.FORMING, 5, null));
    assertThat(fixture.desk.webhooks().forming(due.getFirst()).orElseThrow().cases())
        .as("one that came later is of it")
        .contains("g5");
    close("g1");
    close("g2");
    assertThat(changes().getFirst().forming().gapId()).as("what became of it").isEqualTo("gap-1");
  }

  @Test
  void nobodyIsToldWhereTheSettingSaysSo() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.formingCustomers(0)));
    giraffes(0, 6);
    look();
    assertThat(forming().customers()).isEqualTo(6);
    assertThat(changes()).isEmpty();
  }

  @Test
  void equalWordsAreOneVoice() {
    for (int i = 0; i < 12; i++) {
      asks("same" + i, "customer " + i, GIRAFFES.getFirst());
    }
    look();
    assertThat(forming().customers()).isEqualTo(12);
    assertThat(changes()).as("it may be a machine").isEmpty();
  }

  @Test
  void aFloodOfAMachineFormsNothing() {
    IntFunction<String> text = i -> "Order " + (18231 + i) + " of giraffe food is stuck";
    for (int i = 0; i < 20; i++) {
      asks("bot" + i, "bot " + i, text.apply(i));
    }
    look();
    assertThat(forming().cases()).hasSize(20);
    for (int i = 20; i < 40; i++) {
      asks("bot" + i, "bot " + i, text.apply(i));
    }
    look();
    assertThat(now()).isEqualTo(OpenNow.NOTHING);
  }

  @Test
  void whatIsKnownOfOpenCasesIsFoundAgainAfterARestart() {
    fixture.asksOfGiraffes("c1", "ann", "PT0S");
    fixture.asksOfGiraffes("c2", "bob", "PT10M");
    giraffes(0, 2);
    asks("s1", "sue", "Can I paint my submarine yellow?");
    asks("s2", "sid", "Paint a submarine yellow, can I?");
    look();
    OpenNow before = now();
    assertThat(before.of("gap-1").cases()).hasSize(2);
    assertThat(before.forming()).hasSize(1);
    fixture.reopen();
    assertThat(now()).isEqualTo(OpenNow.NOTHING);
    look();
    assertThat(now()).isEqualTo(before);
  }

  @Test
  void anErasedCustomerIsForgottenAtOnce() {
    giraffes(0, 5);
    look();
    assertThat(forming().cases()).contains("g0");
    fixture.desk.erase(List.of(new Identity("customer", "customer 0")));
    assertThat(now()).isEqualTo(OpenNow.NOTHING);
    look();
    assertThat(forming().cases()).containsExactly("g1", "g2", "g3", "g4");
    assertThat(changes()).hasSize(1);
    assertThat(changes().getFirst().forming().cases()).doesNotContain("g0");
  }

  @Test
  void agentsAreToldHowManyOthersAskNow() {
    giraffes(0, 3);
    look();
    Suggestions.Forming forming = fixture.desk.assist().suggest("g1").forming();
    assertThat(forming).isNotNull();
    assertThat(forming.openNow()).isEqualTo(2);
    assertThat(forming.text())
        .isEqualTo("2 other conversations that are open now ask the same. It is no gap yet.");

    close("g0");
    close("g1");
    for (int i = 3; i < 5; i++) {
      fixture.story("g" + i, "customer " + i, "PT3H").asks(GIRAFFES.get(i)).open();
    }
    look();
    Suggestions said = fixture.desk.assist().suggest("g3");
    assertThat(said.forming()).isNull();
    assertThat(said.gap().placeThisWeek()).isEqualTo(3);
    assertThat(said.gap().openNow()).isEqualTo(2);
    assertThat(said.gap().text())
        .startsWith(
            "You are the 3rd to meet this in seven days. 2 other conversations that are open now"
                + " ask it too.");
  }

  @Test
  void koreanAgentsAreToldInKorean() {
    asks("k0", "customer 0", GIRAFFES_IN_KOREAN.get(0));
    asks("k1", "customer 1", GIRAFFES_IN_KOREAN.get(1));
    look();
    assertThat(fixture.desk.assist().suggest("k0").forming().text())
        .isEqualTo("지금 진행 중인 다른 상담 1건에서도 같은 문제를 묻고 있습니다. 아직 공백 목록에는 없습니다.");
  }

  @Test
  void nothingIsSaidWhileTheModelIsDownAndAllOfItAfterwards(@TempDir Path folder) {
    ScriptedEmbedder model =
        new ScriptedEmbedder("shaky", 2, text -> text.contains("giraffe") ? 1 : 0);
    try (DeskFixture shaky = new DeskFixture(folder, DeskSettings.DEFAULT, model)) {
      shaky.desk.articles().putAll(List.of(RESET_PASSWORD, PRINTER));
      model.down = true;
      for (int i = 0; i < 3; i++) {
        shaky.story("g" + i, "customer " + i, "PT1H").asks(GIRAFFES.get(i)).open();
      }
      for (int i = 0; i < 5; i++) {
        int unused = shaky.desk.lookAtOpenCases(10);
        shaky.clock = shaky.clock.plus(Duration.ofMinutes(2));
      }
      assertThat(shaky.desk.board().openNow()).isEqualTo(OpenNow.NOTHING);
    }
    model.down = false;
    try (DeskFixture well = new DeskFixture(folder, DeskSettings.DEFAULT, model)) {
      while (well.desk.embedSome() > 0) {}
      int unused = well.desk.lookAtOpenCases(10);
      assertThat(well.desk.board().openNow().cases()).isEqualTo(3);
    }
  }

  @Test
  void whatWasJudgedBeforeTheModelWentDownStaysWhileItIsAsked(@TempDir Path folder) {
    ScriptedEmbedder model =
        new ScriptedEmbedder("shaky", 3, text -> text.contains("giraffe") ? 1 : 0);
    try (DeskFixture shaky = new DeskFixture(folder, DeskSettings.DEFAULT, model)) {
      shaky.desk.articles().putAll(List.of(RESET_PASSWORD, PRINTER));
      for (int i = 0; i < 4; i++) {
        shaky.story("g" + i, "customer " + i, "PT1H").asks(GIRAFFES.get(i)).open();
      }
      int first = shaky.desk.lookAtOpenCases(10);
      assertThat(shaky.desk.board().openNow().cases()).isEqualTo(4);
      model.down = true;
      AgentAssist assist = shaky.desk.assist();
      assist.hear("g0", Message.agent("One moment").at(at("PT1H5M")));
      assist.hear("g1", Message.customer("And a submarine?").at(at("PT1H5M")));
      assist.suggest("g1");
      assertThat(shaky.desk.impairment()).isPresent();
      int second = shaky.desk.lookAtOpenCases(10);
      assertThat(first + second).isEqualTo(6);
      assertThat(shaky.desk.board().openNow().forming().getFirst().cases())
          .as("what g1 asks now could not be judged")
          .containsExactly("g0", "g2", "g3");
    }
  }

  @Test
  void aDeskWhereNobodyLooksKnowsNothingOfOpenCases() {
    giraffes(0, 3);
    assertThat(now()).isEqualTo(OpenNow.NOTHING);
    assertThat(fixture.desk.assist().suggest("g1").forming()).isNull();
  }
}
