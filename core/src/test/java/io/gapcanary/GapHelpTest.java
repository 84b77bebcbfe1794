package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.kb.Article;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a gap tells those who close it: follow-ups, a draft, whom to tell, a title. */
class GapHelpTest {
  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          article(
              "reset-password",
              "Reset a forgotten password",
              "Open the login page and click Forgot password. Enter the new password twice."),
          PRINTER,
          article("zoo", "Opening hours of the zoo", "The zoo opens at nine."));

  /**
   * Twelve get the article, ten come back: six for the mail, three for the lock, one for the same.
   */
  private Gap incomplete() {
    for (int i = 0; i < 12; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "H");
      fixture.isGivenPrinter("p" + i, "pu" + i, "PT" + i + "H");
    }
    for (int i = 0; i < 10; i++) {
      String question =
          i < 6
              ? "I forgot my password, no verification mail arrives in Outlook"
              : i < 9
                  ? "I forgot my password and now the account is locked"
                  : "I forgot my password: click on the login page?";
      fixture
          .story("b" + i, "cu" + i, "P1DT" + i + "H")
          .asks(question)
          .answered(
              i < 6
                  ? "Look into the Junk folder, Outlook moves the verification mail there."
                  : i < 9 ? "The lock goes by itself after one hour." : "It is on the start page.")
          .resolved(Resolution.SOLVED)
          .close();
    }
    return fixture.gaps().stream()
        .filter(gap -> gap.kind() == Gap.Kind.INCOMPLETE)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void followUpsAreGroupedAndWhatTheArticleSaysIsSubtracted() {
    Gap gap = incomplete();
    List<FollowUp> followUps = fixture.desk.board().followUps(gap.id());
    assertThat(followUps).hasSize(3);
    assertThat(followUps.get(0).question()).contains("verification mail");
    assertThat(followUps.get(0).cases()).containsExactly("b0", "b1", "b2", "b3", "b4", "b5");
    assertThat(followUps.get(0).customers()).isEqualTo(6);
    assertThat(followUps.get(0).passage()).isNull();
    assertThat(followUps.get(1).question()).contains("locked");
    assertThat(followUps.get(2).passage()).contains("click Forgot password");
    assertThat(gap.followUps())
        .containsExactly(followUps.get(0).question(), followUps.get(1).question());
  }

  /** How many follow-ups there are of returns in two wordings. */
  private int followUpsAnswered(String toOne, String toTheOther) {
    for (int i = 0; i < 8; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "H");
      fixture.isGivenPrinter("p" + i, "pu" + i, "PT" + i + "H");
      fixture
          .story("b" + i, "cu" + i, "P1DT" + i + "H")
          .asks(
              i % 2 == 0
                  ? "I forgot my password, no verification mail arrives in Outlook"
                  : "I forgot my password and my inbox stays empty")
          .answered(i % 2 == 0 ? toOne : toTheOther)
          .close();
    }
    Gap gap = fixture.gaps().getFirst();
    return fixture.desk.board().followUps(gap.id()).size();
  }

  @Test
  void whatAgentsAnswerAlikeIsOneFollowUpWhateverTheWords() {
    assertThat(
            followUpsAnswered(
                "Look into the Junk folder, Outlook moves it there.",
                "Look into the Junk folder, Outlook moves it there."))
        .isEqualTo(1);
  }

  @Test
  void whatAgentsAnswerOtherwiseInOtherWordsIsAnotherFollowUp() {
    assertThat(
            followUpsAnswered(
                "Look into the Junk folder, Outlook moves it there.",
                "The address of the account was mistyped: correct it under Profile."))
        .isEqualTo(2);
  }

  @Test
  void whatAChangedArticleSaysIsSubtractedToo() {
    Gap gap = incomplete();
    fixture
        .desk
        .articles()
        .put(
            article(
                "reset-password",
                "Reset a forgotten password",
                "Open the login page and click Forgot password.\n\nThe verification mail arrives"
                    + " within a minute, in Outlook under Junk: when no mail arrives, look again."));
    assertThat(fixture.desk.board().followUps(gap.id()).getFirst().question()).contains("locked");
  }

  private void solved(String id, String customer, String opened, String... answers) {
    DeskFixture.CaseStory story =
        fixture.story(id, customer, opened).asks("How do I feed my giraffe in winter?");
    for (String answer : answers) {
      story.answered(answer);
    }
    story.onVersion("3.1").resolved(Resolution.SOLVED).close();
  }

  @Test
  void aDraftHasIssueEnvironmentAndWhatSeveralSolvedCasesShare() {
    solved(
        "g1",
        "ann",
        "PT0S",
        "Hello! Sorry to hear that. Give the giraffe hay and warm water in winter.",
        "Keep the stable door closed at night.");
    solved(
        "g2",
        "bob",
        "PT1H",
        "Is it cold there? In winter give the giraffe hay and warm water.",
        "I have sent you a brochure. The brochure is at https://help.example.com/hay");
    fixture
        .story("g3", "eve", "PT2H")
        .asks("What to feed a giraffe in winter?")
        .answered("Give the giraffe hay and warm water in winter, or nothing at all.")
        .resolved(Resolution.ESCALATED)
        .close();
    ArticleDraft draft = fixture.desk.board().draft("gap-1");
    assertThat(draft.language()).isEqualTo("en");
    assertThat(draft.title()).contains("giraffe");
    assertThat(draft.solved()).isEqualTo(2);
    assertThat(draft.issue())
        .containsExactly(
            new ArticleDraft.Quoted("How do I feed my giraffe in winter?", List.of("g1", "g2")),
            new ArticleDraft.Quoted("What to feed a giraffe in winter?", List.of("g3")));
    assertThat(draft.environment()).containsExactly(new ArticleDraft.Setting(null, "3.1", 2));
    assertThat(draft.resolution()).hasSize(1);
    assertThat(draft.resolution().getFirst().cases()).containsExactly("g1", "g2");
    assertThat(draft.resolution().getFirst().text()).contains("hay and warm water");
    assertThat(draft.said())
        .containsExactly(
            new ArticleDraft.Quoted("Keep the stable door closed at night.", List.of("g1")));
    assertThat(draft.polished()).isNull();
  }

  @Test
  void aPolisherIsAskedOnlyWhenSuppliedAndItsFailureLeavesTheDraft() {
    solved("g1", "ann", "PT0S", "Give the giraffe hay and warm water in winter.");
    solved("g2", "bob", "PT1H", "Give the giraffe hay and warm water in winter.");
    ArticleDraft draft = fixture.desk.board().draft("gap-1");
    assertThat(fixture.desk.board().draft("gap-1", plain -> " Give it hay. ").polished())
        .isEqualTo("Give it hay.");
    assertThat(
            fixture
                .desk
                .board()
                .draft(
                    "gap-1",
                    plain -> {
                      throw new IllegalStateException("down");
                    }))
        .isEqualTo(draft);
  }

  @Test
  void aDraftIsInTheGapsMainLanguage() {
    fixture
        .story("k1", "a", "PT0S")
        .asks("기린은 겨울에 무엇을 먹이나요?")
        .answered("겨울에는 건초와 따뜻한 물을 먹이시면 됩니다.")
        .resolved(Resolution.SOLVED)
        .close();
    fixture
        .story("k2", "b", "PT1H")
        .asks("겨울에 기린은 무엇을 먹이나요?")
        .answered("겨울에는 건초와 따뜻한 물을 먹이시면 돼요. Give it hay and water in winter.")
        .resolved(Resolution.SOLVED)
        .close();
    ArticleDraft draft = fixture.desk.board().draft("gap-1");
    assertThat(draft.language()).isEqualTo("ko");
    assertThat(draft.resolution()).hasSize(1);
    assertThat(draft.resolution().getFirst().text()).contains("건초");
    assertThat(draft.said()).isEmpty();
  }

  @Test
  void whoGotAnIncompleteArticleAndDidNotComeBackIsToBeTold() {
    Gap gap = incomplete();
    assertThat(GapBoard.isTellingDue(gap)).isTrue();
    List<ToTell> toTell = fixture.desk.board().toTell(gap.id());
    assertThat(toTell).extracting(ToTell::caseId).containsExactly("a11", "a10");
    assertThat(toTell.getFirst())
        .isEqualTo(new ToTell("a11", DeskFixture.at("PT11H10M"), null, null, "reset-password"));
  }

  private void correctTheArticle(String body) {
    fixture.desk.articles().put(article("reset-password", "Reset a forgotten password", body));
  }

  private List<String> toTell(Gap gap) {
    return fixture.desk.board().toTell(gap.id()).stream().map(ToTell::caseId).toList();
  }

  @Test
  void whoGotTheCorrectedArticleIsNotToBeTold() {
    Gap gap = incomplete();
    fixture.isGivenResetPassword("before", "kim", "P2D");
    fixture
        .story("during", "lee", "P3D")
        .asks("I forgot my password")
        .linked("reset-password")
        .open();
    assertThat(toTell(gap)).containsExactly("before", "a11", "a10");
    correctTheArticle("Click Forgot password. The mail is in the Junk folder.");
    fixture.desk.assist().close("during", Closing.at(DeskFixture.at("P3DT10M"), null));
    fixture.isGivenResetPassword("after", "ann", "P4D");
    assertThat(toTell(gap)).containsExactly("during", "before", "a11", "a10");
    correctTheArticle("Click Forgot password. The mail is in the Junk folder of Outlook.");
    assertThat(toTell(gap))
        .as("what was corrected again was not complete either")
        .containsExactly("after", "during", "before", "a11", "a10");
  }

  @Test
  void whoGotACorrectionThatDidNotHelpIsToBeTold() {
    Gap gap = incomplete();
    correctTheArticle("Click Forgot password. The mail is in the Junk folder.");
    for (int i = 0; i < 40; i++) {
      fixture.isGivenResetPassword("c" + i, "du" + i, "P20DT" + i + "H");
    }
    fixture.isGivenResetPassword("late", "kim", "P23D");
    assertThat(fixture.gap(gap.id()).state()).isEqualTo(Gap.State.VERIFIED);
    assertThat(toTell(gap)).containsExactly("a11", "a10");
    for (int i = 0; i < 26; i++) {
      fixture
          .story("d" + i, "du" + i, "P24DT" + i + "M")
          .asks("I forgot my password, and no mail comes")
          .close();
    }
    assertThat(fixture.gap(gap.id()).state()).isEqualTo(Gap.State.OPEN);
    assertThat(toTell(gap)).contains("late", "c39", "a11").doesNotContain("c0");
  }

  @Test
  void whoGotNoAnswerAndDidNotComeBackIsToBeToldOnceTheGapIsVerified() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    fixture.story("g3", "ann", "P1D").asks("Again: how do I feed my giraffe in winter?").close();
    fixture
        .story("g4", "joe", "P1DT1H")
        .asks("How do I feed my giraffe in winter?")
        .resolved(Resolution.SOLVED)
        .close();
    assertThat(GapBoard.isTellingDue(fixture.gap("gap-1"))).isFalse();
    fixture
        .desk
        .articles()
        .put(article("giraffes", "How to feed a giraffe in winter", "Feed a giraffe hay."));
    fixture.story("p1", "kim", "P9D").asks("Where is my parcel?").close();
    assertThat(GapBoard.isTellingDue(fixture.gap("gap-1"))).isTrue();
    assertThat(fixture.desk.board().toTell("gap-1"))
        .extracting(ToTell::caseId)
        .containsExactly("g3", "g2");
    assertThatThrownBy(() -> fixture.desk.board().toTell("gap-9"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void whoGotAnArticleForAnotherVersionIsToBeTold() {
    fixture
        .desk
        .articles()
        .put(
            Article.builder("export", "Export the calendar to a file", "Choose Export calendar.")
                .language("en")
                .versions("<3")
                .build());
    String question = "How do I export the calendar to a file?";
    fixture.story("w", "zoe", "PT0S").asks(question).onVersion("3.0").linked("export").close();
    fixture.story("r", "ian", "PT0S").asks(question).onVersion("2.0").linked("export").close();
    for (int i = 0; i < 3; i++) {
      fixture.story("v" + i, "cu" + i, "PT1" + i + "H").asks(question).onVersion("3.1").close();
    }
    assertThat(fixture.desk.board().toTell("gap-1"))
        .extracting(ToTell::caseId)
        .containsExactly("v2", "v1", "v0", "w");
  }

  @Test
  void aTitleSaysWhatIsAskedAndIsNoPleasantry() {
    fixture.story("g1", "ann", "PT0S").asks("드디어 연결됐다").asks("기린은 겨울에 무엇을 먹이나요?").close();
    fixture.story("g2", "bob", "PT1H").asks("본인확인 먼저 할게요").asks("겨울에 기린은 무엇을 먹이나요?").close();
    assertThat(fixture.gap("gap-1").title()).contains("기린").contains("먹이나요");
  }

  @Test
  void aTitleIsNotHowItEnded() {
    for (int i = 0; i < 2; i++) {
      fixture
          .story("g" + i, "cu" + i, "PT" + i + "H")
          .asks("기린 우리를 초기화했는데 예전 설정이 그대로 남아 있습니다. 흰색일 때 하니 정상적으로 지워졌습니다.")
          .close();
    }
    assertThat(fixture.gap("gap-1").title()).contains("그대로 남아");
  }

  @Test
  void aTitleIsTheMostTypicalQuestion() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.story("g2", "bob", "PT1H").asks("How to feed a giraffe in winter?").close();
    fixture
        .story("g3", "eve", "PT2H")
        .asks(
            "So my neighbour has three. Will a giraffe in winter eat my hedge, and how do I feed it?")
        .close();
    fixture.story("g4", "joe", "PT3H").asks("feed giraffe in winter how").close();
    assertThat(fixture.gap("gap-1").title())
        .matches("How (do I|to) feed (my|a) giraffe in winter\\?");
  }
}
