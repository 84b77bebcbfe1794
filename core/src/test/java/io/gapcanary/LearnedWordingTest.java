package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.article;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gapcanary.kb.AskedAs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class LearnedWordingTest {
  private static final String WORDS = "The frobnicator hums when tilted";

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          article("reset", "Reset a forgotten password", "Click Forgot password."),
          PRINTER,
          article("refund", "Ask for a refund of an order", "Open the order."));

  private List<LearnedWording> wordings() {
    return fixture.desk.articles().wordings("printer");
  }

  private double answerable(String caseId, String offset) {
    return fixture.story(caseId, null, offset).asks(WORDS).close().answerable();
  }

  @Test
  void anArticleTellsWhatWasLearnedForItAndFromWhichCases() {
    fixture.story("c1", "ann", "PT0S").asks(WORDS).linked("printer").close();
    fixture.story("c2", "bob", "PT1H").asks(WORDS).linked("printer").close();
    fixture.story("c3", "cyd", "PT2H").asks("Blank sheets come out").linked("printer").close();
    AskedAs imported = new AskedAs("h1", "printer", "White paper only", "history-1", at("PT-1H"));
    fixture.desk.articles().learn(List.of(imported));

    assertThat(wordings())
        .extracting(LearnedWording::text)
        .containsExactly("Blank sheets come out", WORDS, "White paper only");
    LearnedWording twice = wordings().get(1);
    assertThat(twice.times()).isEqualTo(2);
    assertThat(twice.cases()).containsExactly("c2", "c1");
    assertThat(twice.firstAt()).isBefore(twice.lastAt());
    assertThat(wordings().get(2).cases()).isEmpty();
    assertThat(fixture.desk.articles().wordings("reset")).isEmpty();
  }

  @Test
  void aResolvedQuestionTeachesWhatItAsksAndNotItsGreetings() {
    String mail = "Hi there,\nWhite paper comes out of the tray\nKind regards\nSent from my phone";
    fixture
        .desk
        .articles()
        .learn(List.of(new AskedAs("h1", "printer", mail, "history-1", at("PT-1H"))));
    assertThat(wordings())
        .extracting(LearnedWording::text)
        .containsExactly("White paper comes out of the tray");
  }

  @Test
  void aRemovedWordingNoLongerLeadsToItsArticleEvenAfterTheIndexIsBuiltAgain() throws IOException {
    fixture.story("c1", "ann", "PT0S").asks(WORDS).linked("printer").close();
    double learned = answerable("before", "PT1H");
    fixture.desk.articles().removeWording("printer", wordings().getFirst().id(), "Mina");
    assertThat(wordings()).isEmpty();
    double removed = answerable("after", "PT2H");
    assertThat(removed).isLessThan(learned / 2);

    fixture.desk.close();
    deleteIndex();
    fixture.reopen();
    assertThat(wordings()).isEmpty();
    assertThat(answerable("rebuilt", "PT3H")).isLessThan(learned / 2);
  }

  @Test
  void aRemovedWordingIsTakenUpAgainAndItsHistoryTellsByWhom() {
    fixture.story("c1", "ann", "PT0S").asks(WORDS).linked("printer").close();
    double learned = answerable("before", "PT1H");
    String id = wordings().getFirst().id();
    assertThat(wordings().getFirst().decisions()).isEmpty();
    fixture.desk.articles().removeWording("printer", id, "Mina");
    assertThat(fixture.desk.articles().removedWordings("printer"))
        .extracting(one -> one.wording().text(), LearnedWording.Removed::learnedBy)
        .containsExactly(tuple(WORDS, LinkAction.LINKED));

    fixture.clock = at("P1D");
    fixture.desk.articles().restoreWording("printer", id, "Joon");
    assertThat(fixture.desk.articles().removedWordings("printer")).isEmpty();
    assertThat(wordings().getFirst().decisions())
        .extracting(LearnedWording.Decision::what, LearnedWording.Decision::by)
        .containsExactly(
            tuple(LearnedWording.Decision.What.RESTORED, "Joon"),
            tuple(LearnedWording.Decision.What.REMOVED, "Mina"));
    assertThat(answerable("after", "PT2H")).isGreaterThan(learned / 2);
    assertThatThrownBy(() -> fixture.desk.articles().restoreWording("printer", id, "Joon"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aWordingThatOthersContradictIsInDoubt() {
    for (int i = 0; i < 3; i++) {
      fixture
          .story("r" + i, "customer " + i, "PT" + i + "H")
          .asks(WORDS + " " + "once twice thrice".split(" ")[i])
          .linked("reset")
          .close();
    }
    fixture.story("p", "pia", "PT5H").asks(WORDS).linked("printer").close();
    assertThat(wordings())
        .extracting(LearnedWording::text, LearnedWording::contradictedBy)
        .containsExactly(tuple(WORDS, List.of("reset")));
    assertThat(fixture.desk.articles().wordings("reset")).noneMatch(LearnedWording::doubted);
  }

  private void deleteIndex() throws IOException {
    try (Stream<Path> files = Files.walk(fixture.folder.resolve("index"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void theSameCaseDoesNotTeachARemovedWordingAgainButAnotherDoes() {
    fixture.story("c1", "ann", "PT0S").asks(WORDS).linked("printer").close();
    fixture.desk.articles().removeWording("printer", wordings().getFirst().id(), "");

    fixture.desk.assist().hear("c1", Message.agent("Still there?").at(at("PT1H")));
    fixture.desk.assist().link("c1", "printer", LinkAction.DISMISSED, at("PT2H"));
    fixture.desk.assist().link("c1", "printer", LinkAction.LINKED, at("PT3H"));
    fixture.desk.assist().close("c1", Closing.at(at("PT4H"), null));
    assertThat(wordings()).isEmpty();

    fixture.story("c2", "bob", "PT5H").asks(WORDS).linked("printer").close();
    assertThat(wordings().getFirst().cases()).containsExactly("c2");
  }

  @Test
  void anOldWordingIsForgottenUntilAnotherCaseIsLinkedLikeIt() {
    fixture.story("c1", "ann", "PT0S").asks(WORDS).linked("printer").close();
    double learned = answerable("fresh", "PT1H");
    Duration age = DeskSettings.DEFAULT.learnedFor();
    double aged = answerable("aged", age.plusHours(1).toString());
    assertThat(aged).isLessThan(learned / 2);

    fixture.story("c2", "bob", age.plusHours(2).toString()).asks(WORDS).linked("printer").close();
    assertThat(answerable("again", age.plusHours(3).toString())).isGreaterThan(2 * aged);
  }

  @Test
  void anArticleTellsWhichWordingsAreForgotten() {
    fixture.story("c1", "ann", "PT0S").asks(WORDS).linked("printer").close();
    fixture.clock = at("PT1H").plus(DeskSettings.DEFAULT.learnedFor());
    fixture.story("c2", "bob", "PT2H").asks("Blank sheets come out").linked("printer").close();
    assertThat(wordings()).extracting(LearnedWording::forgotten).containsExactly(false, true);
  }

  @Test
  void aWordingThatIsNotThereCannotBeRemoved() {
    assertThatThrownBy(() -> fixture.desk.articles().removeWording("printer", "00", ""))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("printer");
  }
}
