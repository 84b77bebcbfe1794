package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cases of the past that arrive while a desk is live, months later. */
class PastBesideLiveTest {
  private static final Duration MONTHS = Duration.ofDays(90);

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(PRINTER);

  @BeforeEach
  void open() {
    fixture.clock = DeskFixture.MONDAY.plus(MONTHS);
    live("live-1", "zoe", "The conveyor belt is stuck");
    live("live-2", "max", "The conveyor belt is stuck");
  }

  private void live(String id, String customer, String asks) {
    AgentAssist assist = fixture.desk.assist();
    assist.open(CaseOpening.builder().id(id).customerId(customer).build());
    assist.hear(id, Message.customer(asks));
    assist.close(id, Closing.now());
  }

  private void printer(String id, String opened) {
    fixture.isGivenPrinter(id, "ann", opened);
  }

  private Outcome outcome(String id) {
    return fixture.desk.assist().outcome(id).orElseThrow();
  }

  @Test
  void theyAreJudgedInTheirOwnTime() {
    printer("old-1", "PT0S");
    live("live-3", "ann", "The printer prints blank pages");
    printer("old-2", "P3D");
    printer("old-3", "P13D");
    assertThat(outcome("old-2").repeatOf()).isEqualTo("old-1");
    assertThat(outcome("old-3").repeatOf()).as("ten days later").isNull();
    assertThat(outcome("live-3").repeatOf()).as("three months later").isNull();
    assertThat(fixture.desk.now()).as("time does not go back").isEqualTo(fixture.clock);
  }

  @Test
  void oneThatArrivesTwiceIsOne() {
    printer("old-1", "PT0S");
    printer("old-2", "P3D");
    Totals once = fixture.desk.totals();
    Outcome judged = outcome("old-2");
    fixture
        .desk
        .assist()
        .open(
            CaseOpening.builder()
                .id("old-2")
                .customerId("ann")
                .openedAt(DeskFixture.at("P3D"))
                .build());
    fixture
        .desk
        .assist()
        .link("old-2", "printer", LinkAction.LINKED, DeskFixture.at("P3D").plusSeconds(180));
    fixture.desk.assist().close("old-2", Closing.at(DeskFixture.at("P3D").plusSeconds(600), null));
    assertThat(outcome("old-2")).isEqualTo(judged);
    assertThat(fixture.desk.totals()).isEqualTo(once);
  }

  @Test
  void liveConversationsAndGapsStayAsTheyAre() {
    Gap before = fixture.gaps().getFirst();
    fixture.desk.assist().open(CaseOpening.builder().id("talking").customerId("kim").build());
    fixture.desk.assist().hear("talking", Message.customer("The conveyor belt is stuck"));
    fixture.asksOfSubmarines("old-1", "ann", "PT0S");
    fixture.asksOfSubmarines("old-2", "bob", "P1D");
    fixture.story("old-3", "eve", "P2D").asks("The printer prints blank pages").open();
    assertThat(fixture.desk.assist().find("talking").orElseThrow().closedAt()).isNull();
    assertThat(fixture.gaps()).hasSize(2);
    Gap conveyor = fixture.desk.board().find(before.id()).orElseThrow();
    assertThat(conveyor.cases()).isEqualTo(before.cases());
    assertThat(conveyor.customers()).isEqualTo(before.customers());
    assertThat(conveyor.history()).isEqualTo(before.history());
    Gap submarines =
        fixture.gaps().stream()
            .filter(gap -> !gap.id().equals(before.id()))
            .findFirst()
            .orElseThrow();
    assertThat(submarines.cases()).containsExactly("old-1", "old-2");
    assertThat(submarines.detectedAt())
        .isEqualTo(DeskFixture.at("P1D").plusSeconds(600))
        .isBefore(before.detectedAt());
    fixture.desk.closeOverdue();
    assertThat(outcome("old-3").outcome())
        .as("one that was left open closes in its own time")
        .isNotNull();
    assertThat(fixture.desk.assist().find("talking").orElseThrow().closedAt()).isNull();
  }
}
