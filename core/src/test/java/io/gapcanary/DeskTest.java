package io.gapcanary;

import static io.gapcanary.DeskFixture.article;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DeskTest {
  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          article(
              "reset-password",
              "Reset a forgotten password",
              "Click Forgot password on the login page, then follow the link in the mail."),
          article(
              "printer",
              "The printer prints blank pages",
              "Clean the print heads and replace the ink cartridge."),
          article(
              "refund",
              "Ask for a refund of an order",
              "Open the order and choose Refund within 14 days of delivery."));

  @Test
  void anAnsweredCaseHasItsArticle() {
    Outcome outcome = fixture.story("c1", "ann", "PT0S").asks("I forgot my password").close();
    assertThat(outcome.outcome()).isEqualTo(Outcome.Kind.ANSWERED);
    assertThat(outcome.matches().getFirst().id()).isEqualTo("reset-password");
    assertThat(outcome.given()).isEmpty();
  }

  @Test
  void greetingsAreNotQuestions() {
    Outcome outcome = fixture.story("c1", "ann", "PT0S").asks("Hello, anyone there?").close();
    assertThat(outcome.outcome()).isEqualTo(Outcome.Kind.TOO_LITTLE_TEXT);
    assertThat(fixture.desk.assist().suggest("c1").verdict()).isEqualTo("too-little-text");
  }

  @Test
  void whatNoArticleAnswersIsNoMatch() {
    Outcome outcome =
        fixture.story("c1", "ann", "PT0S").asks("How do I breed giraffes in winter?").close();
    assertThat(outcome.outcome()).isEqualTo(Outcome.Kind.NO_MATCH);
    assertThat(outcome.reason()).isEqualTo("no-article");
  }

  @Test
  void anAgentsLinkOrAddressGives() {
    Outcome linked = fixture.story("c1", "ann", "PT0S").asks("It is odd").linked("printer").close();
    assertThat(linked.given()).containsExactly("printer");
    Outcome sent =
        fixture
            .story("c2", "bob", "PT1H")
            .asks("It is odd")
            .answered("See https://www.help.example.com/en/refund?x=1")
            .close();
    assertThat(sent.given()).containsExactly("refund");
    assertThat(sent.outcome()).isEqualTo(Outcome.Kind.ANSWERED);
  }

  @Test
  void aDismissedLinkIsNotGiven() {
    fixture.story("c1", "ann", "PT0S").asks("It is odd").linked("printer").open();
    fixture.desk.assist().link("c1", "printer", LinkAction.DISMISSED, at("PT5M"));
    Outcome outcome = fixture.desk.assist().close("c1", Closing.at(at("PT9M"), null));
    assertThat(outcome.given()).isEmpty();
  }

  @Test
  void aLinkIsLearnedForTheNextCustomerButDoesNotJudgeItsOwnCase() {
    String words = "The frobnicator hums when tilted";
    Outcome first = fixture.story("c1", "ann", "PT0S").asks(words).linked("printer").close();
    assertThat(first.answerable()).isLessThan(0.5);
    Outcome second = fixture.story("c2", "bob", "PT1H").asks(words).close();
    assertThat(second.matches().getFirst().id()).isEqualTo("printer");
    assertThat(second.answerable()).isGreaterThan(first.answerable());
  }

  @Test
  void aMessageHeardTwiceCountsOnce() {
    Message message = new Message("m1", Author.CUSTOMER, "I forgot my password", at("PT1M"));
    String id = fixture.story("c1", "ann", "PT0S").open();
    fixture.desk.assist().hear(id, message);
    fixture.desk.assist().hear(id, message);
    assertThat(fixture.desk.assist().find(id).orElseThrow().messages()).hasSize(1);
    assertThatThrownBy(
            () ->
                fixture
                    .desk
                    .assist()
                    .hear(id, new Message("m1", Author.CUSTOMER, "Other", at("PT1M"))))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("m1");
  }

  @Test
  void anEqualOpeningIsHarmlessAndAnotherIsAConflict() {
    CaseOpening opening = CaseOpening.builder().id("c1").customerId("ann").build();
    fixture.desk.assist().open(opening);
    fixture.desk.assist().open(opening);
    assertThatThrownBy(
            () ->
                fixture
                    .desk
                    .assist()
                    .open(CaseOpening.builder().id("c1").customerId("bob").build()))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("c1");
  }

  @Test
  void aCaseLeftOpenClosesItselfADayAfterItsLastMessage() {
    fixture.story("c1", "ann", "PT0S").asks("I forgot my password").open();
    fixture.story("c2", "bob", "PT23H").asks("refund my order").open();
    assertThat(fixture.desk.assist().outcome("c1")).isEmpty();
    fixture.story("c3", "eve", "PT25H").open();
    assertThat(fixture.desk.assist().outcome("c1")).isPresent();
    assertThat(fixture.desk.assist().find("c1").orElseThrow().closedAt()).isEqualTo(at("PT24H1M"));
    assertThat(fixture.desk.assist().outcome("c2")).isEmpty();
  }

  @Test
  void aCaseDoesNotCloseBeforeItOpens() {
    AgentAssist assist = fixture.desk.assist();
    fixture.story("c1", "ann", "PT1H").asks("I forgot my password").open();
    assertThatThrownBy(() -> assist.close("c1", Closing.at(at("PT59M"), null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("case c1 closed before it opened");
    assertThat(assist.find("c1").orElseThrow().open()).isTrue();
    assertThat(assist.outcome("c1")).isEmpty();
    assist.close("c1", Closing.at(at("PT1H"), null));
    assertThatThrownBy(() -> assist.close("c1", Closing.at(at("PT59M"), null)))
        .as("closed again")
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(assist.find("c1").orElseThrow().closedAt()).isEqualTo(at("PT1H"));
  }

  @Test
  void aCaseThatOpenedOnTheClockLivesOnTheTimesOfItsMessages() {
    AgentAssist assist = fixture.desk.assist();
    assist.open(CaseOpening.builder().id("c1").build());
    assist.hear("c1", Message.customer("I forgot my password").at(at("-PT2H")));
    assertThatThrownBy(() -> assist.close("c1", Closing.at(at("-PT3H"), null)))
        .isInstanceOf(IllegalArgumentException.class);
    assist.close("c1", Closing.at(at("-PT1H"), null));
    assertThat(assist.find("c1").orElseThrow().closedAt()).isEqualTo(at("-PT1H"));
  }

  @Test
  void theClockThatIsBehindAnOpeningClosesACaseAllTheSame() {
    AgentAssist assist = fixture.desk.assist();
    fixture.story("c1", "ann", "PT1H").asks("I forgot my password").open();
    assist.close("c1", Closing.now());
    assertThat(assist.outcome("c1")).isPresent();
  }

  @Test
  void theEndOfAHistoryDoesNotMoveTheDesksTime() {
    fixture.story("c1", "ann", "PT0S").asks("I forgot my password").open();
    assertThat(fixture.desk.closeRemaining()).isEqualTo(1);
    assertThat(fixture.desk.now()).isEqualTo(at("PT1M"));
  }

  @Test
  void aMessageAfterTheCloseOpensTheCaseAgain() {
    fixture.story("c1", "ann", "PT0S").asks("Hello").close();
    fixture.desk.assist().hear("c1", Message.customer("I forgot my password").at(at("PT1H")));
    assertThat(fixture.desk.assist().find("c1").orElseThrow().open()).isTrue();
    fixture.desk.assist().close("c1", Closing.at(at("PT2H"), null));
    List<Outcome> outcomes = new ArrayList<>();
    fixture.desk.outcomes(outcomes::add);
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst().outcome()).isEqualTo(Outcome.Kind.ANSWERED);
  }

  @Test
  void suggestionsComeWithReasonsAndAddresses() {
    fixture.story("c1", "ann", "PT0S").asks("I forgot my password").open();
    Suggestions suggestions = fixture.desk.assist().suggest("c1");
    assertThat(suggestions.verdict()).isEqualTo("answered");
    Suggestions.Suggestion first = suggestions.suggestions().getFirst();
    assertThat(first.url()).isEqualTo("https://help.example.com/reset-password");
    assertThat(first.why()).isNotEmpty().hasSameSizeAs(first.evidence());
    assertThat(first.passage()).isNotBlank();
  }

  @Test
  void whatACustomerWasGivenBeforeIsDemotedWithAWarning() {
    fixture.isGivenResetPassword("c1", "ann", "PT0S");
    fixture.story("c2", "ann", "P1D").asks("I forgot my password").open();
    assertThat(fixture.desk.assist().suggest("c2").suggestions().getLast().warnings())
        .extracting(Suggestions.Warning::code)
        .contains("given-before");
  }

  @Test
  void personalDataIsNowhereInTheFolder() throws IOException {
    fixture
        .desk
        .assist()
        .open(
            CaseOpening.builder()
                .id("c1")
                .openedAt(at("PT0S"))
                .customerId("customer-4711-secret")
                .identities(List.of(new Identity("phone", "010-9876-5432")))
                .tags(List.of("ann@secret.example.com"))
                .build());
    fixture
        .desk
        .assist()
        .hear("c1", Message.customer("password lost, mail bob@secret.example.com").at(at("PT1M")));
    fixture
        .desk
        .assist()
        .close("c1", new Closing(at("PT2M"), null, null, List.of("call 010-9876-5432")));
    fixture.close();
    try (Stream<Path> files = Files.walk(fixture.folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("secret.example.com", "customer-4711", "9876-5432", "98765432");
      }
    }
  }

  @Test
  void theIdentityKeyIsItsOwnersOnly() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(fixture.folder.resolve("identity.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderThatADeskMakesIsItsOwnersOnly() throws IOException {
    Path made = fixture.folder.resolve("above/made");
    Desk.open(made, DeskSettings.DEFAULT, InstantSource.system(), null).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertThat(Files.getPosixFilePermissions(made.getParent()))
        .as("those above it are as the system makes them")
        .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(made.resolveSibling("x"))));
  }

  @Test
  void aDeletedIndexIsMadeAgainWithTheSameAnswers() throws IOException {
    fixture.story("c1", "ann", "PT0S").asks("The frobnicator hums").linked("printer").close();
    fixture.story("c2", "bob", "PT1H").asks("My giraffe is ill in winter").close();
    fixture.story("c3", "eve", "PT2H").asks("The frobnicator hums loudly").open();
    Suggestions before = fixture.desk.assist().suggest("c3");
    fixture.desk.close();
    try (Stream<Path> files = Files.walk(fixture.folder.resolve("index"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    fixture.reopen();
    assertThat(fixture.desk.assist().suggest("c3")).isEqualTo(before);
    Outcome outcome =
        fixture.story("c4", "joe", "PT3H").asks("My giraffe is ill in winter").close();
    assertThat(outcome.gap()).isEqualTo("gap-1");
  }

  @Test
  void aDeskSurvivesClosing() {
    fixture.story("c1", "ann", "PT0S").asks("I forgot my password").close();
    fixture.reopen();
    assertThat(fixture.desk.assist().outcome("c1")).isPresent();
    assertThat(fixture.desk.articles().size()).isEqualTo(3);
    assertThat(fixture.desk.now()).isEqualTo(at("PT10M"));
    fixture.story("c2", "ann", "PT2H").asks("I forgot my password").close();
    assertThat(fixture.desk.assist().outcome("c2").orElseThrow().repeatOf()).isEqualTo("c1");
  }

  @Test
  void aFolderIsHeldByOneDesk() {
    assertThatThrownBy(
            () -> Desk.open(fixture.folder, DeskSettings.DEFAULT, () -> fixture.clock, null))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining(fixture.folder.toString())
        .hasMessageContaining("held");
  }

  @Test
  void aFileInPlaceOfTheFolderIsSaidInOneSentence(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("file"), "x");
    assertThatThrownBy(() -> Desk.open(file, DeskSettings.DEFAULT, () -> fixture.clock, null))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void aDatabaseThatIsNoneIsSaidInOneSentence(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("desk.db"), "This is no database. ".repeat(100));
    assertThatThrownBy(() -> Desk.open(other, DeskSettings.DEFAULT, () -> fixture.clock, null))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("desk.db");
  }

  @Test
  void totalsAddUp() {
    fixture.isGivenResetPassword("c1", "ann", "PT0S");
    fixture.story("c2", null, "PT1H").asks("Hello").close();
    fixture
        .story("c3", "bob", "PT2H")
        .asks("My giraffe is ill")
        .resolved(Resolution.SOLVED)
        .close();
    Totals totals = fixture.desk.totals();
    assertThat(totals.cases()).isEqualTo(3);
    assertThat(totals.answered()).isEqualTo(1);
    assertThat(totals.tooLittleText()).isEqualTo(1);
    assertThat(totals.noMatch()).isEqualTo(1);
    assertThat(totals.linkRate()).isEqualTo(0.5);
    assertThat(totals.withoutCustomerId()).isEqualTo(1);
    assertThat(totals.knownNotCaptured()).isEqualTo(1);
    assertThat(totals.heldBack()).isEqualTo(1);
  }
}
