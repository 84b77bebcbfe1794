package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.article;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Suggestions.Suggestion;
import io.gapcanary.Suggestions.Warning;
import io.gapcanary.kb.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class LearnedDismissalTest {
  private static final String WORDS = "The printer prints blank pages since this morning";

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          article("reset", "Reset a forgotten password", "Click Forgot password."),
          PRINTER,
          article("update", "Printer prints blank pages since an update", "Install it."),
          article("refund", "Ask for a refund of an order", "Open the order."));

  private void dismisses(String caseId, String customer, String opened) {
    fixture.story(caseId, customer, opened).asks(WORDS).open();
    fixture.desk.assist().link(caseId, "printer", LinkAction.DISMISSED, at(opened).plusSeconds(90));
  }

  private double probability(String offset) {
    return fixture.desk.assist().ask(Question.of(WORDS, at(offset))).list().stream()
        .filter(match -> match.articleId().equals("printer"))
        .mapToDouble(match -> match.probability())
        .sum();
  }

  private List<LearnedWording> dismissals() {
    return fixture.desk.articles().dismissals("printer");
  }

  @Test
  void twoDismissalsLowerTheArticleAtOnceAndOneDoesNot() {
    double before = probability("PT0S");
    dismisses("c1", "ann", "PT1H");
    assertThat(probability("PT2H")).isEqualTo(before);
    dismisses("c2", "bob", "PT3H");
    assertThat(probability("PT4H")).isLessThan(before / 3);
  }

  @Test
  void oneCustomersTwoDismissalsAreOne() {
    double before = probability("PT0S");
    dismisses("c1", "ann", "PT1H");
    dismisses("c2", "ann", "PT3H");
    assertThat(probability("PT4H")).isEqualTo(before);
  }

  @Test
  void oneAgentsDismissalsAreOne() {
    double before = probability("PT0S");
    for (String customer : List.of("ann", "bob", "cyd")) {
      fixture
          .desk
          .assist()
          .open(
              CaseOpening.builder()
                  .id(customer)
                  .openedAt(at("PT1H"))
                  .customerId(customer)
                  .agentId("kim")
                  .build());
      fixture.desk.assist().hear(customer, Message.customer(WORDS).at(at("PT1H")));
      fixture.desk.assist().link(customer, "printer", LinkAction.DISMISSED, at("PT1H"));
    }
    assertThat(dismissals()).singleElement().extracting(LearnedWording::times).isEqualTo(3);
    assertThat(probability("PT4H")).isEqualTo(before);
  }

  @Test
  void aDismissalThatTakesALinkBackSaysNoMore() {
    fixture.story("c1", "ann", "PT1H").asks(WORDS).linked("printer").open();
    fixture.desk.assist().link("c1", "printer", LinkAction.DISMISSED, at("PT2H"));
    fixture.desk.assist().link("c1", "printer", LinkAction.DISMISSED, at("PT3H"));
    assertThat(dismissals()).isEmpty();
    assertThat(fixture.desk.articles().wordings("printer")).isEmpty();
  }

  @Test
  void whatIsLinkedAfterAllWasNotDismissed() {
    dismisses("c1", "ann", "PT1H");
    assertThat(dismissals()).hasSize(1);
    fixture.desk.assist().link("c1", "printer", LinkAction.LINKED, at("PT2H"));
    assertThat(dismissals()).isEmpty();
    assertThat(fixture.desk.articles().wordings("printer")).hasSize(1);
  }

  @Test
  void whatTheAgentSendsAfterAllWasNotDismissed() {
    dismisses("c1", "ann", "PT1H");
    fixture.desk.assist().hear("c1", Message.agent("https://help.example.com/printer"));
    assertThat(dismissals()).isEmpty();
  }

  @Test
  void anotherArticleThatWasGivenLeavesTheDismissal() {
    dismisses("c1", "ann", "PT1H");
    fixture.desk.assist().link("c1", "update", LinkAction.LINKED, at("PT2H"));
    assertThat(dismissals()).singleElement().extracting(LearnedWording::text).isEqualTo(WORDS);
    assertThat(dismissals().getFirst().cases()).containsExactly("c1");
  }

  @Test
  void aNextAgentWhoStillSeesItIsToldOfTheDismissals() {
    dismisses("c1", "ann", "PT1H");
    dismisses("c2", "bob", "PT2H");
    fixture.story("c3", "cyd", "PT3H").asks(WORDS).linked("printer").close();
    fixture.story("c4", "dan", "PT4H").asks(WORDS).open();
    Suggestions told = fixture.desk.assist().suggest("c4");
    assertThat(told.suggestions())
        .filteredOn(one -> one.articleId().equals("printer"))
        .flatExtracting(Suggestion::warnings)
        .contains(
            new Warning(
                "dismissed",
                "Did not fit for 2 customers who asked much the same",
                Map.of("voices", 2)));
  }

  @Test
  void whatIsStillRightForMostIsStillSuggested() {
    dismisses("c1", "ann", "PT1H");
    dismisses("c2", "bob", "PT2H");
    for (String customer : List.of("cyd", "dan", "eve")) {
      fixture.story("of-" + customer, customer, "PT3H").asks(WORDS).linked("printer").close();
    }
    fixture.story("c3", "fay", "PT4H").asks(WORDS).open();
    Suggestion first = fixture.desk.assist().suggest("c3").suggestions().getFirst();
    assertThat(first.articleId()).isEqualTo("printer");
    assertThat(first.warnings()).isEmpty();
  }

  @Test
  void aRemovedDismissalNoLongerCountsEvenAfterTheIndexIsBuiltAgain() throws IOException {
    double before = probability("PT0S");
    dismisses("c1", "ann", "PT1H");
    dismisses("c2", "bob", "PT2H");
    double lowered = probability("PT3H");

    fixture.desk.close();
    deleteIndex();
    fixture.reopen();
    assertThat(probability("PT3H")).isEqualTo(lowered);

    fixture.desk.articles().removeWording("printer", dismissals().getFirst().id(), "Mina");
    assertThat(dismissals()).isEmpty();
    assertThat(probability("PT4H")).isEqualTo(before);
    fixture.desk.assist().link("c1", "printer", LinkAction.DISMISSED, at("PT5H"));
    assertThat(dismissals()).isEmpty();
  }

  private void deleteIndex() throws IOException {
    try (Stream<Path> files = Files.walk(fixture.folder.resolve("index"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void anotherEditionOfTheArticleBeginsWithoutDismissals() {
    dismisses("c1", "ann", "PT1H");
    fixture.desk.articles().put(article("printer", "The printer prints blank pages", "Turn it."));
    assertThat(dismissals()).isEmpty();
  }

  @Test
  void anOldDismissalIsForgotten() {
    double before = probability("PT0S");
    dismisses("c1", "ann", "PT1H");
    dismisses("c2", "bob", "PT2H");
    Duration age = DeskSettings.DEFAULT.learnedFor();
    assertThat(probability(age.toString())).isLessThan(before / 3);
    assertThat(probability(age.plusHours(2).toString())).isEqualTo(before);
  }
}
