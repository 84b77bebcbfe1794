package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.kb.Article;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GapBoardTest {
  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          RESET_PASSWORD,
          PRINTER,
          article("runbook", "PX-731 runbook", "Ref 88231. T-code ZC77; status 0x3FA."));

  private Gap giraffes() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.story("g2", "bob", "PT1H").asks("What to feed a giraffe in winter?").close();
    return fixture.gaps().getFirst();
  }

  @Test
  void twoCustomersMakeAMissingGap() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    assertThat(fixture.gaps()).isEmpty();
    assertThat(fixture.desk.totals().heldBack()).isEqualTo(1);
    Outcome second =
        fixture.story("g2", "bob", "PT1H").asks("What to feed a giraffe in winter?").close();
    assertThat(second.gap()).isEqualTo("gap-1");
    Gap gap = fixture.gaps().getFirst();
    assertThat(gap.kind()).isEqualTo(Gap.Kind.MISSING);
    assertThat(gap.cases()).containsExactly("g1", "g2");
    assertThat(gap.customers()).isEqualTo(2);
    assertThat(gap.title()).contains("giraffe");
    assertThat(gap.detectedAt()).isEqualTo(DeskFixture.at("PT1H10M"));
    assertThat(gap.questions()).hasSize(2);
  }

  @Test
  void oneCustomersObsessionIsNoTrend() {
    for (int i = 0; i < 5; i++) {
      fixture.asksOfGiraffes("g" + i, "ann", "P" + i + "D");
    }
    assertThat(fixture.gaps()).isEmpty();
  }

  @Test
  void otherSubjectsAreOtherGaps() {
    giraffes();
    fixture.asksOfSubmarines("s1", "ann", "P1D");
    fixture.story("s2", "bob", "P1DT1H").asks("May a submarine be painted yellow?").close();
    assertThat(fixture.gaps()).extracting(Gap::id).containsExactlyInAnyOrder("gap-1", "gap-2");
  }

  @Test
  void anAgentIsToldTheGap() {
    giraffes();
    fixture.story("g3", "eve", "P1D").asks("feed giraffe in winter").open();
    Suggestions suggestions = fixture.desk.assist().suggest("g3");
    assertThat(suggestions.verdict()).isEqualTo("no-match");
    assertThat(suggestions.gap()).isNotNull();
    assertThat(suggestions.gap().cases()).isEqualTo(2);
  }

  @Test
  void anArticleThatAnswersVerifiesTheGapAndNewMissesReopenIt() {
    giraffes();
    Article article =
        article("giraffes", "How to feed a giraffe in winter", "Feed a giraffe hay in winter.");
    fixture.desk.articles().put(article);
    fixture.story("p1", "ann", "P8D").asks("Where is my parcel?").close();
    assertThat(fixture.gaps().getFirst().state()).isEqualTo(Gap.State.VERIFIED);
    fixture.desk.articles().remove("giraffes");
    fixture.asksOfGiraffes("g3", "eve", "P9D");
    assertThat(fixture.gaps().getFirst().state()).isEqualTo(Gap.State.VERIFIED);
    fixture.asksOfGiraffes("g4", "joe", "P9DT1H");
    Gap gap = fixture.gaps().getFirst();
    assertThat(gap.state()).isEqualTo(Gap.State.OPEN);
    assertThat(gap.history()).hasSize(4);
  }

  @Test
  void peopleChangeStateAndOwnerButCannotVerify() {
    Gap gap = giraffes();
    Gap changed =
        fixture
            .desk
            .board()
            .change(
                gap.id(),
                gap.version(),
                new GapChange(Gap.State.ASSIGNED, "Kim", "mail a@b.com", "Lee"));
    assertThat(changed.state()).isEqualTo(Gap.State.ASSIGNED);
    assertThat(changed.owner()).isEqualTo("Kim");
    assertThat(changed.history()).extracting(Gap.Event::reason).contains("mail [email]");
    assertThatThrownBy(
            () ->
                fixture
                    .desk
                    .board()
                    .change(gap.id(), gap.version(), new GapChange(null, "Park", null, "Lee")))
        .isInstanceOf(StaleException.class);
    assertThatThrownBy(() -> new GapChange(Gap.State.VERIFIED, null, null, "Lee"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evidence");
    assertThatThrownBy(
            () -> fixture.desk.board().change("gap-99", 1, new GapChange(null, "x", null, "Lee")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void decisionsSurviveClosing() {
    Gap gap = giraffes();
    fixture.desk.board().change(gap.id(), gap.version(), new GapChange(null, "Kim", null, "Lee"));
    fixture.reopen();
    assertThat(fixture.gap(gap.id()).owner()).isEqualTo("Kim");
  }

  @Test
  void anArticleForOtherVersionsIsSuperseded() {
    fixture
        .desk
        .articles()
        .put(
            Article.builder("export", "Export the calendar to a file", "Choose Export calendar.")
                .language("en")
                .versions("<3")
                .build());
    for (int i = 0; i < 3; i++) {
      Outcome outcome =
          fixture
              .story("v" + i, "cu" + i, "PT" + i + "H")
              .asks("How do I export the calendar to a file?")
              .onVersion("3.1")
              .close();
      assertThat(outcome.reason()).isEqualTo("other-version");
    }
    Gap gap = fixture.gaps().getFirst();
    assertThat(gap.kind()).isEqualTo(Gap.Kind.SUPERSEDED);
    assertThat(gap.articleId()).isEqualTo("export");
  }

  @Test
  void aSupersededGapNamesTheVersionsThatMostOfItsCustomersHave() {
    fixture
        .desk
        .articles()
        .put(
            Article.builder("export", "Export the calendar to a file", "Choose Export calendar.")
                .language("en")
                .versions("<3")
                .build());
    String[] versions = {"4.0", "3.1", "5", "3.2", "3.1", " 4.0 ", "3.1"};
    for (int i = 0; i < versions.length; i++) {
      fixture
          .story("v" + i, "cu" + i, "PT" + i + "H")
          .asks("How do I export the calendar to a file?")
          .onVersion(versions[i])
          .close();
    }
    Gap gap = fixture.gaps().getFirst();
    assertThat(gap.versions()).containsExactly("3.1", "4.0", "3.2");
    assertThat(gap.versions()).isEqualTo(fixture.gap(gap.id()).versions());
    assertThat(gap.step()).isEqualTo(WeeklyReport.Step.COVER_VERSION);
    assertThat(giraffesBeside(gap).versions()).isEmpty();
  }

  private Gap giraffesBeside(Gap other) {
    giraffes();
    return fixture.gaps().stream().filter(gap -> !gap.id().equals(other.id())).findFirst().get();
  }

  @Test
  void thereIsSomethingToDoUntilTheRemedyIsThere() {
    Gap gap = giraffes();
    assertThat(gap.step()).isEqualTo(WeeklyReport.Step.WRITE_ARTICLE);
    Gap process =
        fixture
            .desk
            .board()
            .change(
                gap.id(),
                gap.version(),
                new GapChange(Gap.State.DRAFTED, null, Gap.Remedy.PROCESS, null, "Lee"));
    assertThat(process.step()).isEqualTo(WeeklyReport.Step.CHANGE_PROCESS);
    Gap published =
        fixture
            .desk
            .board()
            .change(
                gap.id(), process.version(), new GapChange(Gap.State.PUBLISHED, null, null, "Lee"));
    assertThat(published.step()).isNull();
  }

  @Test
  void aListMayBeThatOfOneOwner() {
    Gap giraffes = giraffes();
    for (int i = 0; i < 2; i++) {
      fixture.asksOfSubmarines("s" + i, "cu" + i, "P1DT" + i + "H");
      fixture
          .story("k" + i, "cu" + i, "P2DT" + i + "H")
          .asks("Which bolts does the kayak rack need?")
          .close();
    }
    assertThat(fixture.desk.board().owners()).isEmpty();
    GapBoard board = fixture.desk.board();
    board.change(giraffes.id(), giraffes.version(), new GapChange(null, "Kim", null, "Lee"));
    Gap second = fixture.gap("gap-2");
    board.change(second.id(), second.version(), new GapChange(null, "Park", null, "Lee"));
    Gap third = fixture.gap("gap-3");
    board.change(third.id(), third.version(), new GapChange(null, "Kim", null, "Lee"));

    assertThat(board.owners()).containsExactly("Kim", "Park");
    GapFilter kims = GapFilter.FIRST_PAGE.owner("kim").limit(1);
    GapPage first = board.list(kims);
    assertThat(first.ranks().getFirst().of()).isEqualTo(2);
    GapPage rest = board.list(kims.after(first.next()));
    assertThat(rest.next()).isNull();
    assertThat(List.of(first.gaps().getFirst().id(), rest.gaps().getFirst().id()))
        .containsExactlyInAnyOrder(giraffes.id(), "gap-3");
    assertThat(board.list(GapFilter.FIRST_PAGE.owner("Eve")).gaps()).isEmpty();

    Gap dismissed = fixture.gap("gap-2");
    board.change(
        "gap-2", dismissed.version(), new GapChange(Gap.State.DISMISSED, null, "spam", "Lee"));
    assertThat(board.owners()).containsExactly("Kim");
  }

  @Test
  void anArticleThatQuestionsDoNotLeadToIsUnfindable() {
    String[] questions = {
      "The conveyor belt is stuck",
      "Conveyor belt does not move",
      "My conveyor stopped moving",
      "belt conveyor stuck again today",
      "why is the conveyor not moving"
    };
    for (int i = 0; i < questions.length; i++) {
      fixture.story("u" + i, "cu" + i, "PT" + i + "H").asks(questions[i]).linked("runbook").close();
    }
    assertThat(fixture.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.UNFINDABLE);
    assertThat(fixture.gaps().getFirst().articleId()).isEqualTo("runbook");
  }

  @Test
  void aMissingGapWhoseArticleAgentsKnowBecomesUnfindableUnderTheSameId() {
    fixture.story("m1", "ann", "PT0S").asks("The conveyor belt is stuck").close();
    fixture.story("m2", "bob", "PT1H").asks("Conveyor belt is stuck").close();
    assertThat(fixture.gaps().getFirst().kind()).isEqualTo(Gap.Kind.MISSING);
    give(8);
    Gap gap = fixture.gap("gap-1");
    assertThat(gap.kind()).isEqualTo(Gap.Kind.UNFINDABLE);
    assertThat(gap.articleId()).isEqualTo("runbook");
    assertThat(gap.cases()).contains("m1", "m2", "u0");
  }

  /** A missing gap, and agents who give an article for it. */
  private void agentsKnow(String owner) {
    fixture.story("m1", "ann", "PT0S").asks("The conveyor belt is stuck").close();
    fixture.story("m2", "bob", "PT1H").asks("Conveyor belt is stuck").close();
    Gap missing = fixture.gap("gap-1");
    fixture
        .desk
        .board()
        .change("gap-1", missing.version(), new GapChange(null, owner, null, null, owner));
  }

  private void give(int times) {
    for (int i = 0; i < times; i++) {
      fixture
          .story("u" + i, "cu" + i, "P1DT" + i + "H")
          .asks("The conveyor belt is stuck")
          .linked("runbook")
          .close();
    }
  }

  @Test
  void anOwnerStaysWhenAMissingGapTurnsOutToBeUnfindable() {
    agentsKnow("Kim");
    give(8);
    Gap gap = fixture.gap("gap-1");
    assertThat(gap.kind()).isEqualTo(Gap.Kind.UNFINDABLE);
    assertThat(gap.owner()).isEqualTo("Kim");
    assertThat(gap.state()).isEqualTo(Gap.State.ASSIGNED);
  }

  @Test
  void whoAsksForWhatIsExpiredMissesIt() {
    Article expired =
        Article.builder("old", "How do I feed my giraffe in winter?", "Feed a giraffe hay.")
            .language("en")
            .validUntil(DeskFixture.MONDAY.minusSeconds(86_400))
            .build();
    fixture.desk.articles().put(expired);
    Outcome first = fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    assertThat(first.reason()).isEqualTo("expired");
    assertThat(fixture.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.MISSING);
  }

  @Test
  void theListIsPaged() {
    giraffes();
    fixture.asksOfSubmarines("s1", "ann", "P1D");
    fixture.story("s2", "bob", "P1DT1H").asks("May a submarine be painted yellow?").close();
    GapPage first = fixture.desk.board().list(GapFilter.FIRST_PAGE.limit(1));
    assertThat(first.gaps()).hasSize(1);
    GapPage second = fixture.desk.board().list(GapFilter.FIRST_PAGE.limit(1).after(first.next()));
    assertThat(second.gaps()).hasSize(1).doesNotContainAnyElementsOf(first.gaps());
    assertThat(second.next()).isNull();
  }

  @ParameterizedTest
  @EnumSource(GapFilter.Order.class)
  void aPageGoesOnWhereItStoodWhenItsLastGapHasLeftTheList(GapFilter.Order order) {
    giraffes();
    List<String> questions =
        List.of(
            "Can I paint my submarine yellow?",
            "Does the umbrella sing on Sundays?",
            "Where are harpsichord strings bought?",
            "Why is the trampoline squeaking loudly?");
    for (int i = 0; i < questions.size(); i++) {
      for (String customer : List.of("ann", "bob", "eve").subList(0, 2 + i % 2)) {
        fixture
            .story("q" + i + customer, customer + i, "P" + (i + 1) + "D")
            .asks(questions.get(i))
            .close();
      }
    }
    GapFilter filter = GapFilter.FIRST_PAGE.order(order);
    List<String> all = fixture.desk.board().list(filter).gaps().stream().map(Gap::id).toList();
    assertThat(all).hasSizeGreaterThan(3);
    GapPage first = fixture.desk.board().list(filter.limit(2));
    Gap last = first.gaps().getLast();
    fixture
        .desk
        .board()
        .change(
            last.id(), last.version(), new GapChange(Gap.State.DISMISSED, null, "not ours", "Lee"));
    GapPage second = fixture.desk.board().list(filter.limit(2).after(first.next()));
    assertThat(second.gaps())
        .extracting(Gap::id)
        .containsExactlyElementsOf(all.subList(2, Math.min(4, all.size())));
    assertThatThrownBy(() -> fixture.desk.board().list(filter.after("gap-999")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.desk.board().list(filter.after("nonsense")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
