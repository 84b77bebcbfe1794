package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.exchange.CaseLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Monday 9:00 is now unless a test says otherwise; the past comes before it. */
class PastCasesTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private static CaseLine line(
      String id, String customer, Instant opened, String text, @Nullable String link) {
    return new CaseLine(
        id,
        CaseOpening.builder().id(id).openedAt(opened).customerId(customer).build(),
        List.of(Message.customer(text).at(opened.plusSeconds(30))),
        link == null
            ? List.of()
            : List.of(new CaseLine.Link(link, LinkAction.LINKED, opened.plusSeconds(60))),
        Closing.at(opened.plusSeconds(600), Resolution.SOLVED));
  }

  private Outcome outcome(String id) {
    return fixture.desk.assist().outcome(id).orElseThrow();
  }

  @Test
  void aCaseLivesOnItsOwnTimes() {
    fixture.desk.past().take(line("old", "ann", at("-P90D"), "I forgot my password", "printer"));
    SupportCase old = fixture.desk.assist().find("old").orElseThrow();
    assertThat(old.openedAt()).isEqualTo(at("-P90D"));
    assertThat(old.closedAt()).isEqualTo(at("-P90D").plusSeconds(600));
    assertThat(outcome("old").given()).containsExactly("printer");
    assertThat(fixture.desk.articles().wordings("printer"))
        .singleElement()
        .satisfies(learned -> assertThat(learned.lastAt()).isEqualTo(at("-P90D").plusSeconds(60)));
  }

  @Test
  void takenInTwiceItCountsOnceAndOneWithOtherContentIsRefused() {
    CaseLine line = line("old", "ann", at("-P90D"), "I forgot my password", null);
    assertThat(fixture.desk.past().take(line)).isEqualTo(PastCases.Taken.NEW);
    assertThat(fixture.desk.past().take(line)).isEqualTo(PastCases.Taken.KNOWN);
    assertThat(fixture.desk.assist().find("old").orElseThrow().messages()).hasSize(1);
    assertThat(fixture.desk.totals().cases()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                fixture
                    .desk
                    .past()
                    .take(line("old", "bob", at("-P80D"), "I forgot my password", null)))
        .isInstanceOf(ConflictException.class);
    assertThat(fixture.desk.assist().find("old").orElseThrow().openedAt()).isEqualTo(at("-P90D"));
  }

  @Test
  void aLaterContactThatIsHereAlreadyTurnsOutToBeARepeat() {
    fixture.desk.past().take(line("later", "ann", at("-P3D"), "The printer prints blank", null));
    assertThat(outcome("later").repeatOf()).isNull();
    fixture
        .desk
        .past()
        .take(line("earlier", "ann", at("-P5D"), "The printer prints blank pages", "printer"));
    assertThat(outcome("later").repeatOf()).isEqualTo("earlier");
    assertThat(fixture.desk.articles().health("printer").orElseThrow().repeat().returned())
        .isEqualTo(1);
  }

  @Test
  void oldReturnsDoNotMakeAnArticleIncompleteThatDoesWellNow() {
    for (int i = 0; i < 120; i++) {
      fixture
          .desk
          .past()
          .take(
              line(
                  "live" + i,
                  "cu" + i,
                  at("-P20D").plus(Duration.ofHours(i)),
                  "The printer prints blank pages",
                  "printer"));
    }
    for (int i = 0; i < 6; i++) {
      Instant opened = at("-P200D").plus(Duration.ofHours(i));
      String text = "The printer prints blank pages";
      fixture.desk.past().take(line("old" + i, "was" + i, opened, text, "printer"));
      fixture
          .desk
          .past()
          .take(line("again" + i, "was" + i, opened.plus(Duration.ofDays(2)), text, null));
    }
    assertThat(outcome("again5").repeatOf()).isEqualTo("old5");
    assertThat(fixture.gaps()).noneMatch(gap -> gap.kind() == Gap.Kind.INCOMPLETE);
  }

  @Test
  void whatWasLeftOpenClosesItselfUnlessThatIsStillToCome() {
    fixture.desk.past().take(leftOpen("old", at("-P9D")));
    fixture.desk.past().take(leftOpen("fresh", at("-PT2H")));
    assertThat(fixture.desk.assist().find("old").orElseThrow().closedAt())
        .isEqualTo(at("-P8D").plusSeconds(30));
    assertThat(fixture.desk.assist().find("fresh").orElseThrow().open()).isTrue();
    fixture.clock = at("PT23H");
    fixture.desk.closeOverdue();
    assertThat(fixture.desk.assist().find("fresh").orElseThrow().open()).isFalse();
  }

  private static CaseLine leftOpen(String id, Instant opened) {
    CaseLine line = line(id, "ann", opened, "I forgot my password", null);
    return new CaseLine(id, line.opening(), line.messages(), line.links(), Closing.now());
  }

  @Test
  void aMessageAfterTheCloseOpensTheCaseAgain() {
    CaseLine line = line("old", "ann", at("-P9D"), "Hello", null);
    Message more = Message.customer("I forgot my password").at(at("-P9D").plusSeconds(900));
    fixture
        .desk
        .past()
        .take(
            new CaseLine(
                "old",
                line.opening(),
                List.of(line.messages().getFirst(), more),
                List.of(),
                line.closing()));
    SupportCase old = fixture.desk.assist().find("old").orElseThrow();
    assertThat(old.question()).contains("forgot my password");
    assertThat(old.closedAt()).isEqualTo(at("-P8D").plusSeconds(900));
  }

  @Test
  void whatLiesInTheFutureIsRefused() {
    assertThatThrownBy(
            () -> fixture.desk.past().take(line("new", "ann", at("P2D"), "My password", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lies in the future");
    assertThat(fixture.desk.assist().find("new")).isEmpty();
  }

  @Test
  void anOldCaseDoesNotCloseWhatIsOpenNow() {
    String open = fixture.story("live", "bob", "-PT1H").asks("I forgot my password").open();
    fixture.desk.past().take(line("old", "ann", at("-P90D"), "I forgot my password", null));
    assertThat(fixture.desk.assist().find(open).orElseThrow().open()).isTrue();
    assertThat(fixture.desk.now()).isEqualTo(at("-PT1H").plusSeconds(60));
  }
}
