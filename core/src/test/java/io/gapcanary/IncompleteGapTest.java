package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class IncompleteGapTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  @Test
  void anArticleThatCustomersComeBackAfterIsIncomplete() {
    for (int i = 0; i < 12; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "H");
      fixture.isGivenPrinter("p" + i, "pu" + i, "PT" + i + "H");
    }
    for (int i = 0; i < 10; i++) {
      fixture
          .story("b" + i, "cu" + i, "P1DT" + i + "H")
          .asks("I forgot my password again")
          .linked("reset-password")
          .close();
    }
    Gap gap = fixture.gaps().getFirst();
    assertThat(gap.kind()).isEqualTo(Gap.Kind.INCOMPLETE);
    assertThat(gap.articleId()).isEqualTo("reset-password");
    assertThat(gap.repeatRate()).isNotNull();
    assertThat(gap.repeatRate().low()).isGreaterThan(gap.repeatRate().expected());
    assertThat(gap.followUps()).isNotEmpty();
    assertThat(fixture.gaps()).hasSize(1);
  }

  /** Nine of the first fifteen customers come back, who are twice as many as it takes. */
  private Gap incompleteByChance() {
    for (int i = 0; i < 15; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "H");
    }
    for (int i = 0; i < 9; i++) {
      fixture.story("b" + i, "cu" + i, "P1DT" + i + "H").asks("I forgot my password again").close();
    }
    return fixture.gaps().getFirst();
  }

  private void helps(String from, int customers) {
    for (int i = 0; i < customers; i++) {
      fixture.isGivenResetPassword(from + i, "cu-" + from + i, "P20DT" + i + "H");
    }
  }

  @Test
  void whatWasChanceIsTakenBackAndRaisedAgainUnderTheSameIdWhenItWasNot() {
    Gap gap = incompleteByChance();
    assertThat(gap.kind()).isEqualTo(Gap.Kind.INCOMPLETE);
    helps("h", 60);
    assertThat(fixture.gaps()).extracting(Gap::kind).doesNotContain(Gap.Kind.INCOMPLETE);
    assertThat(fixture.desk.board().find(gap.id())).isEmpty();
    assertThat(fixture.desk.boardLog().after(BoardLog.Place.BEGINNING, 100).orElseThrow().changes())
        .extracting(change -> change.gap().id(), BoardChange::what)
        .contains(tuple(gap.id(), BoardChange.What.WITHDRAWN));
    for (int i = 0; i < 30; i++) {
      fixture
          .story("r" + i, "cu-h" + i, "P23DT" + i + "M")
          .asks("I forgot my password again")
          .close();
    }
    Gap again = fixture.gap(gap.id());
    assertThat(again.history())
        .extracting(Gap.Event::what)
        .containsExactly(Gap.Event.What.RAISED, Gap.Event.What.WITHDRAWN, Gap.Event.What.RAISED);
  }

  @Test
  void whatSomebodySeesToIsNotTakenBack() {
    Gap gap = incompleteByChance();
    fixture
        .desk
        .board()
        .change(gap.id(), gap.version(), new GapChange(null, "Lee", null, null, "Lee"));
    helps("h", 40);
    assertThat(fixture.gap(gap.id()).owner()).isEqualTo("Lee");
  }

  /** Incomplete, then another edition after which only so many of its first customers come back. */
  private Gap mended(int customers, int returns) {
    incompleteByChance();
    fixture
        .desk
        .articles()
        .put(article("reset-password", "Reset a forgotten password", "Click it, then wait."));
    for (int i = 0; i < customers; i++) {
      fixture.isGivenResetPassword("m" + i, "mu" + i, "P20DT" + i + "H");
    }
    for (int i = 0; i < returns; i++) {
      fixture
          .story("n" + i, "mu" + i, "P24DT" + i + "M")
          .asks("I forgot my password again")
          .linked("reset-password")
          .close();
    }
    // A month later all windows are over.
    fixture.isGivenResetPassword("last", "lu", "P60D");
    return fixture.gap("gap-1");
  }

  @Test
  void anEditionThatHelpsVerifiesAndWhoComesBackAsUsualDoesNotOpenItAgain() {
    Gap gap = mended(40, 4);
    assertThat(gap.state()).isEqualTo(Gap.State.VERIFIED);
    assertThat(gap.history())
        .extracting(Gap.Event::what)
        .containsExactly(Gap.Event.What.RAISED, Gap.Event.What.VERIFIED);
    assertThat(gap.history().getLast().details()).containsEntry("by", "returns");
  }

  @Test
  void anEditionThatGoesBadOpensItAgain() {
    Gap gap = mended(40, 26);
    assertThat(gap.state()).isEqualTo(Gap.State.OPEN);
    assertThat(gap.history())
        .extracting(Gap.Event::what)
        .containsExactly(Gap.Event.What.RAISED, Gap.Event.What.VERIFIED, Gap.Event.What.REOPENED);
    assertThat(gap.history().getLast().details()).containsKeys("returned", "given");
  }

  @Test
  void aCaseThatCountsElsewhereTooStaysThereWhenChanceIsTakenBack() {
    Gap incomplete = incompleteByChance();
    String counts = outcomeGap("b8");
    assertThat(counts).isEqualTo("gap-2").isNotEqualTo(incomplete.id());
    helps("h", 60);
    assertThat(outcomeGap("b8")).isEqualTo("gap-2");
  }

  private String outcomeGap(String caseId) {
    return "gap-"
        + fixture.count(
            "SELECT COALESCE(CAST(substr(gap, 5) AS INTEGER), 0) FROM outcome WHERE case_id = '"
                + caseId
                + "'");
  }

  @Test
  void aRateOfNothingProvesNothing() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.priorRepeatRate(0)));
    for (int i = 0; i < 100; i++) {
      fixture.isGivenPrinter("p" + i, "pu" + i, "PT" + i + "M");
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "M");
    }
    fixture.story("b1", "cu1", "P1D").asks("I forgot my password again").close();
    assertThat(fixture.gaps()).isEmpty();
  }

  @Test
  void oneCustomerWhoComesBackTimeAndAgainMakesNoArticleIncomplete() {
    for (int i = 0; i < 12; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "M");
    }
    for (int customer = 0; customer < 5; customer++) {
      for (int day = 1; day <= 6; day++) {
        fixture.isGivenResetPassword(
            "b" + customer + "-" + day, "cu" + customer, "P" + day + "DT" + customer + "H");
      }
    }
    int many = fixture.desk.articles().health("reset-password").orElseThrow().repeat().returned();
    assertThat(many).isEqualTo(30);
    assertThat(fixture.gaps()).isEmpty();
  }

  @Test
  void customersWhoHaveNotHadTheTimeToComeBackDoNotSpeakForAnArticle() {
    for (int i = 0; i < 12; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "M");
    }
    for (int i = 0; i < 30; i++) {
      fixture.isGivenResetPassword("n" + i, "nu" + i, "P2DT" + i + "M");
    }
    for (int i = 0; i < 9; i++) {
      fixture
          .story("b" + i, "cu" + i, "P2DT1H" + i + "M")
          .asks("I forgot my password again")
          .linked("reset-password")
          .close();
    }
    assertThat(fixture.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.INCOMPLETE);
  }

  @Test
  void customersWhoHadTheTimeAndDidNotComeBackSpeakForIt() {
    for (int i = 0; i < 42; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "M");
    }
    for (int i = 0; i < 9; i++) {
      fixture.story("b" + i, "cu" + i, "P6DT" + i + "M").asks("I forgot my password again").close();
    }
    assertThat(fixture.gaps()).extracting(Gap::kind).doesNotContain(Gap.Kind.INCOMPLETE);
  }

  @Test
  void whatIsWithdrawnSaysSoAtItsIdAndToWebhooks() {
    Webhook webhook =
        fixture
            .desk
            .webhooks()
            .add(
                new Webhook.Wish(
                    URI.create("https://example.com/hook"),
                    EnumSet.allOf(Webhook.Event.class),
                    Set.of(),
                    true),
                null,
                "Mina")
            .webhook();
    Gap gap = incompleteByChance();
    assertThat(fixture.desk.board().findWithdrawn(gap.id())).isEmpty();
    helps("h", 60);
    WithdrawnGap withdrawn = fixture.desk.board().findWithdrawn(gap.id()).orElseThrow();
    assertThat(withdrawn.kind()).isEqualTo(Gap.Kind.INCOMPLETE);
    assertThat(withdrawn.articleId()).isEqualTo("reset-password");
    assertThat(withdrawn.title()).isEqualTo(gap.title());
    assertThat(withdrawn.cases()).isEqualTo(gap.cases().size());
    assertThat(withdrawn.why().what()).isEqualTo(Gap.Event.What.WITHDRAWN);
    assertThat(withdrawn.why().details()).containsEntry("returned", 9).containsKey("given");
    assertThat(withdrawn.at()).isAfter(gap.detectedAt());
    assertThatThrownBy(() -> fixture.desk.board().cases(gap.id(), GapCaseFilter.ALL))
        .isInstanceOf(WithdrawnGapException.class)
        .hasMessageContaining(gap.id());
    assertThat(fixture.desk.board().findWithdrawn("gap-99")).isEmpty();
    assertThat(fixture.desk.webhooks().due(webhook.id(), fixture.clock, 100))
        .extracting(Webhook.Delivery::event, Webhook.Delivery::gapId)
        .contains(tuple(Webhook.Event.RAISED, gap.id()), tuple(Webhook.Event.WITHDRAWN, gap.id()));
  }

  @Test
  void anArticleIsHeldBackAsIncompleteWhenMoreComeBackThanUsual() {
    for (int i = 0; i < 40; i++) {
      fixture.isGivenPrinter("p" + i, "pu" + i, "P" + (i + 30) + "D");
    }
    fixture.isGivenPrinter("again", "pu3", "P34D");
    fixture.isGivenPrinter("too", "pu5", "P36D");
    assertThat(fixture.desk.board().heldBack(10).kinds())
        .as("2 of 40 come back: somebody does after any article")
        .doesNotContainKey(Gap.Kind.INCOMPLETE);
    for (int i = 0; i < 3; i++) {
      fixture.isGivenResetPassword("r" + i, "ru" + i, "P" + (80 + i) + "D");
      fixture.isGivenResetPassword("s" + i, "ru" + i, "P" + (81 + i) + "D");
    }
    HeldBackSubject.Page page = fixture.desk.board().heldBack(10);
    assertThat(page.kinds()).containsEntry(Gap.Kind.INCOMPLETE, 1);
    assertThat(page.subjects())
        .filteredOn(one -> one.kind() == Gap.Kind.INCOMPLETE)
        .extracting(HeldBackSubject::articleId)
        .containsExactly("reset-password");
  }
}
