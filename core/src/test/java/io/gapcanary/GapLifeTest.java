package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.Gap.Event.What;
import io.gapcanary.Gap.Remedy;
import io.gapcanary.Gap.State;
import io.gapcanary.kb.Article;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GapLifeTest {
  private static final Article GIRAFFES =
      article("giraffes", "How to feed a giraffe in winter", "Feed a giraffe hay in winter.");

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          RESET_PASSWORD,
          PRINTER,
          article("zoo", "Opening hours of the zoo", "The zoo opens at nine."));

  private GapBoard board() {
    return fixture.desk.board();
  }

  private Gap giraffes() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    return fixture.gap("gap-1");
  }

  private Gap submarines() {
    fixture.asksOfSubmarines("s1", "ann", "P1D");
    fixture.story("s2", "bob", "P1DT1H").asks("May a submarine be painted yellow?").close();
    return fixture.gap("gap-2");
  }

  private Gap change(Gap gap, @Nullable State state, @Nullable String owner, @Nullable Remedy how) {
    return board()
        .change(gap.id(), gap.version(), new GapChange(state, owner, how, "because", "Lee"));
  }

  @Test
  void anOwnerMakesAnOpenGapAssignedAndTheHistoryTellsWhoAndWhy() {
    Gap assigned = change(giraffes(), null, "Kim", null);
    assertThat(assigned.state()).isEqualTo(State.ASSIGNED);
    assertThat(assigned.history())
        .extracting(Gap.Event::what)
        .containsExactly(What.RAISED, What.OWNER, What.STATE);
    Gap.Event event = assigned.history().get(1);
    assertThat(event.by()).isEqualTo("Lee");
    assertThat(event.reason()).isEqualTo("because");
    assertThat(event.details()).isEqualTo(Map.of("owner", "Kim"));
    assertThat(assigned.history().getFirst().details())
        .isEqualTo(Map.of("kind", "missing", "customers", 2));
    assertThat(change(assigned, null, "", null).state()).isEqualTo(State.OPEN);
  }

  @Test
  void aGapThatIsDoneWithIsOpenedBeforeItGoesOn() {
    Gap dismissed = change(giraffes(), State.DISMISSED, null, null);
    assertThatThrownBy(() -> change(dismissed, State.PUBLISHED, null, null))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("opened again");
    Gap open = change(dismissed, State.OPEN, null, null);
    assertThat(change(open, State.DRAFTED, null, null).state()).isEqualTo(State.DRAFTED);
  }

  @Test
  void publishingIsProvedByReplayOrToldNotToBe() {
    Gap published = change(giraffes(), State.PUBLISHED, null, null);
    assertThat(published.state()).isEqualTo(State.PUBLISHED);
    assertThat(published.history().getLast().what()).isEqualTo(What.REPLAYED);
    assertThat(published.history().getLast().details())
        .containsEntry("answered", 0)
        .containsEntry("asked", 1);
    fixture.desk.articles().put(GIRAFFES);
    Gap answered = fixture.gap("gap-1");
    assertThat(answered.state()).as("nobody knows yet whether it helps").isEqualTo(State.PUBLISHED);
    assertThat(answered.history().getLast().what()).isEqualTo(What.REPLAYED);
    assertThat(answered.history().getLast().details())
        .containsEntry("answered", 1)
        .containsEntry("article", "giraffes");
  }

  private static final Article THIEF =
      article(
          "thief",
          "I forgot my password",
          "I forgot my password.\n\nHow do I feed my giraffe in winter? Feed a giraffe hay in winter.");

  /** One asks what an article answers by its own words alone. */
  private void passwords() {
    fixture.isGivenResetPassword("p0", "cu0", "P1D");
    fixture.isGivenPrinter("p1", "cu1", "P1DT1H");
  }

  @Test
  void whatAnArticleTakesFromOthersIsToldWhenItComes() {
    giraffes();
    passwords();
    fixture.desk.articles().put(THIEF);
    Gap published = fixture.gap("gap-1");
    assertThat(published.state()).isEqualTo(State.PUBLISHED);
    assertThat(published.history().getLast().details())
        .containsEntry("article", "thief")
        .containsEntry("answered", 1)
        .containsEntry("others", 2)
        .containsEntry("harmed", 1);
    assertThat(published.replayed()).isNotNull();
    assertThat(published.replayed().passes()).isTrue();
    assertThat(published.replayed().harmed()).isEqualTo(1);
    GapProof proof = board().proof("gap-1").orElseThrow();
    assertThat(proof.at()).isEqualTo(published.history().getLast().at());
    assertThat(proof.replay().questions()).hasSize(1);
    assertThat(proof.replay().questions().getFirst().before()).isNull();
    assertThat(proof.replay().questions().getFirst().after()).isEqualTo("thief");
    assertThat(proof.replay().harmed()).extracting(GapReplay.Harmed::caseId).containsExactly("p0");
    assertThat(proof.replay().harmed())
        .allSatisfy(
            harmed -> {
              assertThat(harmed.question()).isEqualTo("I forgot my password");
              assertThat(harmed.given()).isEqualTo("reset-password");
              assertThat(harmed.first()).isEqualTo("thief");
            });
    fixture.desk.articles().remove("thief");
    fixture.desk.articles().put(GIRAFFES);
    assertThat(fixture.gap("gap-1").replayed().harmed()).isZero();
    assertThat(board().proof("gap-1").orElseThrow().replay().harmed()).isEmpty();
  }

  @Test
  void anEditionIsHeldAgainstTheOneBefore() {
    giraffes();
    passwords();
    fixture
        .desk
        .articles()
        .put(article("zoo", "How to feed a giraffe in winter", "Feed a giraffe hay in winter."));
    assertThat(fixture.gap("gap-1").replayed().harmed()).as("nothing is worse").isZero();
    fixture.desk.articles().put(article("zoo", THIEF.title(), THIEF.body()));
    assertThat(fixture.gap("gap-1").replayed().harmed()).isEqualTo(1);
  }

  /** Ten customers ask one thing in two ways that have no word in common. */
  private Gap twoWays() {
    for (int i = 0; i < 10; i++) {
      String asked =
          i % 2 == 0 ? "How do I feed my giraffe in winter?" : "Which hay do tall animals eat?";
      fixture.story("w" + i, "cu" + i, "PT" + i + "H").asks(asked).close();
    }
    List<Gap> gaps = fixture.gaps();
    if (gaps.size() > 1) {
      board()
          .merge(
              gaps.getLast().id(), gaps.getLast().version(), gaps.getFirst().id(), null, null, "");
    }
    return fixture.gaps().getFirst();
  }

  @Test
  void whatIsAnsweredOnlyInPartIsToldAndStaysOpen() {
    Gap gap = twoWays();
    assertThat(board().replay(gap.id()).asked()).isEqualTo(2);
    fixture
        .desk
        .articles()
        .put(article("feed", "Feed a giraffe in winter", "My giraffe, in winter: feed it."));
    Gap partly = fixture.gap(gap.id());
    assertThat(partly.state()).isEqualTo(State.OPEN);
    assertThat(partly.history().getLast().what()).isEqualTo(What.REPLAYED);
    assertThat(partly.replayed()).isNotNull();
    assertThat(partly.replayed().answered()).isEqualTo(1);
    assertThat(partly.replayed().asked()).isEqualTo(2);
    assertThat(partly.replayed().passes()).isFalse();
    assertThat(board().proof(gap.id()).orElseThrow().replay().unanswered())
        .containsExactly("Which hay do tall animals eat?");
    int told = partly.history().size();
    fixture
        .desk
        .articles()
        .put(article("feed", "Feed a giraffe in winter", "In winter: feed my giraffe."));
    assertThat(fixture.gap(gap.id()).history()).as("no more than before").hasSize(told);
    Gap published = change(fixture.gap(gap.id()), State.PUBLISHED, null, null);
    assertThat(published.replayed().passes()).isFalse();
    assertThat(published.replayed().answered()).isEqualTo(1);
    assertThat(published.step()).isNull();
  }

  @Test
  void whoPublishesIsToldWhatTheArticlesThatCameSinceTakeFromOthers() {
    Gap gap = twoWays();
    passwords();
    fixture
        .desk
        .articles()
        .put(article("feed", THIEF.title(), THIEF.body() + " Tall animals eat which hay?"));
    Gap published = change(fixture.gap(gap.id()), State.PUBLISHED, null, null);
    assertThat(published.replayed().others()).isEqualTo(2);
    assertThat(published.replayed().harmed()).isEqualTo(1);
    assertThat(change(published, State.DISMISSED, null, null).replayed()).isNull();
  }

  @Test
  void aCaseThatIsForgottenLeavesAProofOfNumbers() {
    giraffes();
    passwords();
    fixture.desk.articles().put(THIEF);
    fixture.desk.erase(List.of(new Identity("customer", "cu0")));
    GapProof proof = board().proof("gap-1").orElseThrow();
    assertThat(proof.harmed()).isEqualTo(1);
    assertThat(proof.replay().harmed()).isEmpty();
    assertThat(proof.replay().others()).isEqualTo(2);
    assertThat(fixture.count("SELECT COUNT(*) FROM gap_proof_case")).isEqualTo(1);
  }

  @Test
  void aGapIsVerifiedWhenItsQuestionsAreAnsweredAndNobodyMissesItAnyMore() {
    giraffes();
    fixture.desk.articles().put(GIRAFFES);
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.PUBLISHED);
    fixture.story("p1", "ann", "P7D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state()).as("an hour too soon").isEqualTo(State.PUBLISHED);
    fixture.story("p2", "bob", "P7DT1H").asks("I forgot my password").close();
    Gap verified = fixture.gap("gap-1");
    assertThat(verified.state()).isEqualTo(State.VERIFIED);
    assertThat(verified.history().getLast().details())
        .containsEntry("by", "replay")
        .containsEntry("article", "giraffes")
        .containsEntry("days", 7);
  }

  @Test
  void whatSeemsAnsweredAndIsEscalatedIsStillMissed() {
    giraffes();
    fixture.desk.articles().put(GIRAFFES);
    Outcome seems =
        fixture
            .story("g3", "eve", "P5D")
            .asks("How do I feed my giraffe in winter?")
            .resolved(Resolution.ESCALATED)
            .close();
    assertThat(seems.outcome()).isEqualTo(Outcome.Kind.ANSWERED);
    fixture.story("p1", "ann", "P8D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state()).as("three days of quiet").isEqualTo(State.PUBLISHED);
    fixture.story("p2", "bob", "P13D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void whoMissesItMeanwhilePutsThatOff() {
    giraffes();
    fixture.desk.articles().put(GIRAFFES);
    fixture.desk.articles().remove("giraffes");
    fixture.asksOfGiraffes("g3", "eve", "P5D");
    fixture.desk.articles().put(GIRAFFES);
    fixture.story("p1", "ann", "P8D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.PUBLISHED);
    fixture.story("p2", "bob", "P13D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void aGapThatWasAnsweredInVainIsVerifiedByQuietOfItsOwn() {
    giraffes();
    fixture.desk.articles().put(GIRAFFES);
    fixture.story("p1", "ann", "P8D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.VERIFIED);
    fixture.desk.articles().remove("giraffes");
    fixture.asksOfGiraffes("g3", "eve", "P9D");
    fixture.asksOfGiraffes("g4", "joe", "P9DT1H");
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.OPEN);
    fixture.desk.articles().put(GIRAFFES);
    Gap watched = fixture.gap("gap-1");
    assertThat(watched.state()).isEqualTo(State.PUBLISHED);
    assertThat(watched.history().getLast().what()).isEqualTo(What.REPLAYED);
    fixture.story("p2", "ann", "P12D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.PUBLISHED);
    fixture.story("p3", "ann", "P60D").asks("I forgot my password").close();
    Gap verified = fixture.gap("gap-1");
    assertThat(verified.state()).isEqualTo(State.VERIFIED);
    assertThat(verified.history().getLast().details()).containsEntry("by", "quiet");
  }

  @Test
  void aProductFixIsProvedByTheQuestionThatStopsComing() {
    Gap fixed = change(giraffes(), State.PUBLISHED, null, Remedy.PRODUCT_FIX);
    assertThat(fixed.remedy()).isEqualTo(Remedy.PRODUCT_FIX);
    assertThat(fixed.history().getLast().what()).isEqualTo(What.STATE);
    fixture.story("p1", "ann", "P8D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state())
        .as("two a week, a week ago")
        .isEqualTo(State.PUBLISHED);
    fixture.asksOfGiraffes("g3", "eve", "P9D");
    fixture.story("p2", "ann", "P15D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state())
        .as("asked again in between")
        .isEqualTo(State.PUBLISHED);
    fixture.story("p3", "ann", "P20D").asks("I forgot my password").close();
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.VERIFIED);
    fixture.asksOfGiraffes("g4", "joe", "P21D");
    fixture.asksOfGiraffes("g5", "zoe", "P21DT1H");
    assertThat(fixture.gap("gap-1").state()).isEqualTo(State.OPEN);
    assertThat(fixture.gap("gap-1").history().getLast().details()).containsEntry("customers", 2);
  }

  @Test
  void aDraftIsTriedOnTheQuestionsAndOnOthersAndChangesNothing() {
    giraffes();
    for (int i = 0; i < 3; i++) {
      fixture.isGivenResetPassword("p" + i, "cu" + i, "P1DT" + i + "H");
    }
    Gap before = fixture.gap("gap-1");
    Article greedy =
        article(
            "draft",
            "How to feed a giraffe in winter when I forgot my password",
            "Feed a giraffe hay in winter. I forgot my password.");
    GapReplay tried = board().replay("gap-1", new Trial.Draft(GIRAFFES));
    assertThat(tried.answeredBefore()).isZero();
    assertThat(tried.answered()).isEqualTo(tried.asked()).isEqualTo(1);
    assertThat(tried.passes()).isTrue();
    assertThat(tried.articles()).containsExactly("giraffes");
    assertThat(tried.others()).isEqualTo(3);
    assertThat(tried.harmed()).isEmpty();
    Article rival = article("rival", "I forgot my password", "I forgot my password.");
    assertThat(board().replay("gap-1", new Trial.Draft(rival)).harmed())
        .hasSize(3)
        .allSatisfy(
            harmed -> {
              assertThat(harmed.given()).isEqualTo("reset-password");
              assertThat(harmed.first()).isEqualTo("rival");
              assertThat(harmed.how()).isEqualTo(GapReplay.How.OVERTAKEN);
            });
    board().replay("gap-1", new Trial.Draft(greedy));
    assertThat(fixture.gap("gap-1")).isEqualTo(before);
    assertThat(board().replay("gap-1").answered()).isZero();
    assertThat(fixture.desk.articles().find("giraffes")).isEmpty();
  }

  @Test
  void aWordingAndAFloorAreTriedToo() {
    giraffes();
    GapReplay wording =
        board().replay("gap-1", new Trial.Wording("zoo", "How do I feed a giraffe in winter?"));
    assertThat(wording.articles()).containsExactly("zoo");
    assertThat(fixture.desk.articles().wordings("zoo")).isEmpty();
    fixture.isGivenResetPassword("p1", "eve", "P1D");
    GapReplay floor = board().replay("gap-1", new Trial.Floor("en", 0.9999));
    assertThat(floor.answered()).isZero();
    assertThat(floor.harmed())
        .extracting(GapReplay.Harmed::how)
        .containsExactly(GapReplay.How.SILENCED);
    assertThatThrownBy(() -> board().replay("gap-1", new Trial.Wording("nothing", "hay")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aMergedGapLivesOnInTheOtherWithItsCasesAndHistory() {
    Gap giraffes = change(giraffes(), State.DRAFTED, "Kim", null);
    Gap submarines = submarines();
    Gap one =
        board().merge(giraffes.id(), giraffes.version(), submarines.id(), null, "the same", "Lee");
    assertThat(one.id()).isEqualTo("gap-2");
    assertThat(one.cases()).containsExactlyInAnyOrder("g1", "g2", "s1", "s2");
    assertThat(one.owner()).isEqualTo("Kim");
    assertThat(one.state()).isEqualTo(State.DRAFTED);
    assertThat(one.version()).isGreaterThan(submarines.version());
    Gap.Event merged = one.history().getLast();
    assertThat(merged.what()).isEqualTo(What.MERGED);
    assertThat(merged.details())
        .isEqualTo(Map.of("gap", "gap-1", "state", "drafted", "owner", "Kim"));
    assertThat(merged.reason()).isEqualTo("the same");
    assertThat(one.history()).anyMatch(event -> "gap-1".equals(event.details().get("of")));
    assertThat(fixture.gap("gap-1")).isEqualTo(fixture.gap("gap-2"));
    fixture.asksOfGiraffes("g3", "eve", "P2D");
    assertThat(fixture.gap("gap-2").cases()).contains("g3");
  }

  @Test
  void aDecisionAboutTheGapThatStaysHolds() {
    Gap giraffes = change(giraffes(), State.DRAFTED, "Kim", null);
    Gap submarines = change(submarines(), State.DISMISSED, "Park", null);
    Gap one = board().merge("gap-1", giraffes.version(), submarines.id(), null, null, "Lee");
    assertThat(one.state()).isEqualTo(State.DISMISSED);
    assertThat(one.owner()).isEqualTo("Park");
  }

  @Test
  void theSecondOfTwoManagersIsTold() {
    Gap giraffes = giraffes();
    Gap submarines = submarines();
    change(giraffes, null, "Kim", null);
    assertThatThrownBy(() -> board().merge("gap-1", giraffes.version(), "gap-2", null, null, "Lee"))
        .isInstanceOf(StaleException.class);
    long version = fixture.gap("gap-1").version();
    change(submarines, null, "Kim", null);
    assertThatThrownBy(
            () -> board().merge("gap-1", version, "gap-2", submarines.version(), null, "Lee"))
        .isInstanceOf(StaleException.class);
    board().merge("gap-1", version, "gap-2", fixture.gap("gap-2").version(), null, "Lee");
    assertThatThrownBy(() -> board().merge("gap-1", version, "gap-2", null, null, "Park"))
        .isInstanceOf(StaleException.class)
        .hasMessageContaining("merged into gap-2");
  }

  @Test
  void aGapIsNotMergedIntoItself() {
    Gap giraffes = giraffes();
    assertThatThrownBy(() -> board().merge("gap-1", giraffes.version(), "gap-1", null, null, "Lee"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(fixture.gap("gap-1").version()).isEqualTo(giraffes.version());
  }

  private void superseded(String id, String article, String question, String day) {
    fixture
        .desk
        .articles()
        .put(Article.builder(article, question, question).language("en").versions("<3").build());
    for (int i = 0; i < 3; i++) {
      fixture.story(id + i, "cu" + i, day + "T" + i + "H").asks(question).onVersion("3.1").close();
    }
  }

  @Test
  void whatWouldRaiseAMergedGapAgainJoinsTheOther() {
    superseded("e", "export", "How do I export the calendar to a file?", "P0D");
    superseded("i", "import", "How can contacts be imported from a card?", "P1D");
    Gap imported = fixture.gap("gap-2");
    board().merge("gap-2", imported.version(), "gap-1", null, null, "Lee");
    fixture
        .story("late", "eve", "P3D")
        .asks("How can contacts be imported from a card?")
        .onVersion("3.1")
        .close();
    assertThat(fixture.gap("gap-1").cases()).contains("late");
    assertThat(board().list(GapFilter.FIRST_PAGE).gaps()).hasSize(1);
  }

  @Test
  void aMissingGapMayJoinAnArticlesGapAndItsQuestionsFollow() {
    Gap giraffes = giraffes();
    superseded("e", "export", "How do I export the calendar to a file?", "P1D");
    board().merge("gap-1", giraffes.version(), "gap-2", null, null, "Lee");
    fixture.asksOfGiraffes("g3", "eve", "P3D");
    fixture.asksOfGiraffes("g4", "joe", "P3DT1H");
    assertThat(fixture.gap("gap-2").cases()).contains("g3", "g4");
    Gap other = fixture.gap("gap-2");
    Gap submarines = submarines("P4D");
    assertThatThrownBy(
            () -> board().merge(other.id(), other.version(), submarines.id(), null, null, "Lee"))
        .isInstanceOf(ConflictException.class);
  }

  private Gap submarines(String day) {
    fixture.asksOfSubmarines("s1", "ann", day);
    fixture.story("s2", "bob", day).asks("May a submarine be painted yellow?").close();
    return board().list(GapFilter.FIRST_PAGE).gaps().stream()
        .filter(gap -> gap.cases().contains("s1"))
        .findFirst()
        .orElseThrow();
  }
}
