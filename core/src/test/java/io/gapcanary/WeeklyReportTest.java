package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WeeklyReportTest {
  private static final String GIRAFFE = "How do I feed my giraffe in winter?";

  /** The week of {@link DeskFixture#MONDAY}. */
  private static final IsoWeek FIRST = IsoWeek.parse("2026-W02");

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private void giraffe(String id, String opened) {
    fixture.story(id, "customer of " + id, opened).asks(GIRAFFE).close();
  }

  private WeeklyReport report(IsoWeek week) {
    return fixture.desk.report(week);
  }

  @Test
  void aWeekIsNamedAsIsoDoes() {
    assertThat(IsoWeek.of(LocalDate.parse("2027-01-03"))).hasToString("2026-W53");
    assertThat(IsoWeek.parse("2026-W53").monday()).isEqualTo("2026-12-28");
    assertThat(IsoWeek.parse("2026-W47").before().after()).hasToString("2026-W47");
    for (String none : List.of("2027-W53", "2026-W00", "2026-47", "2026-W7", "")) {
      assertThatThrownBy(() -> IsoWeek.parse(none))
          .as(none)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2026-W47");
    }
  }

  @Test
  void aGapAppearsInOneWeekAndGrowsInTheNext() {
    giraffe("g1", "PT0S");
    giraffe("g2", "PT1H");
    giraffe("g3", "P8D");
    fixture.isGivenResetPassword("p", "pia", "P8DT1H");

    WeeklyReport first = report(FIRST);
    assertThat(first.appeared().gaps())
        .extracting(
            WeeklyReport.OfGap::gapId, WeeklyReport.OfGap::casesOfWeek, g -> g.turn().what())
        .containsExactly(tuple("gap-1", 2, Gap.Event.What.RAISED));
    assertThat(first.grown().count()).isZero();
    assertThat(first.from()).isEqualTo("2026-01-05");
    assertThat(first.to()).isEqualTo("2026-01-11");
    assertThat(first.whole()).isTrue();

    WeeklyReport next = report(FIRST.after());
    assertThat(next.appeared().gaps()).isEmpty();
    assertThat(next.grown().gaps())
        .extracting(
            WeeklyReport.OfGap::cases,
            WeeklyReport.OfGap::casesOfWeek,
            WeeklyReport.OfGap::casesOfWeekBefore,
            WeeklyReport.OfGap::latest)
        .containsExactly(tuple(3, 1, 2, List.of("g3")));
    assertThat(next.whole()).as("the desk is in it").isFalse();
    assertThat(next.health().week().noMatchRate()).isEqualTo(Share.of(1, 2));
    assertThat(next.health().before().noMatchRate()).isEqualTo(Share.of(2, 2));
    assertThat(report(FIRST.before()).health().week().cases()).isZero();
  }

  @Test
  void whatIsFixedBringsItsProofAndWhatComesBackIsReopened() {
    giraffe("g1", "PT0S");
    giraffe("g2", "PT1H");
    fixture
        .desk
        .articles()
        .put(article("giraffes", "How to feed a giraffe in winter", "Feed a giraffe hay."));
    fixture.story("quiet", "ann", "P8D").asks("I forgot my password").close();

    WeeklyReport second = report(FIRST.after());
    assertThat(second.fixed().gaps())
        .extracting(WeeklyReport.OfGap::gapId, g -> g.turn().details().get("by"))
        .containsExactly(tuple("gap-1", "replay"));
    assertThat(second.todo()).as("nothing is left to be done").isEmpty();
    assertThat(report(FIRST).fixed().count()).isZero();

    fixture.clock = DeskFixture.at("P9D");
    Gap gap = fixture.gap("gap-1");
    fixture
        .desk
        .board()
        .change("gap-1", gap.version(), new GapChange(Gap.State.OPEN, null, "It is not.", "Mina"));
    WeeklyReport again = report(FIRST.after());
    assertThat(again.fixed().count()).as("not for long").isZero();
    assertThat(again.reopened().gaps())
        .extracting(g -> g.turn().by(), g -> g.turn().reason())
        .containsExactly(tuple("Mina", "It is not."));
  }

  @Test
  void theFirstFiveToDoAreThoseThatCostMostWithWhatToDoAboutEach() {
    String[] subjects = {
      "How do I feed my giraffe in winter?",
      "Where can I register a drone as an aircraft?",
      "Which vaccine does my parrot need before flying?",
      "Who repairs the engine of a wooden sailing boat?",
      "When does the observatory open on holidays?",
      "What does shipping a grand piano to Peru cost?"
    };
    for (int i = 0; i < subjects.length; i++) {
      for (int n = 0; n < 2 + i; n++) {
        fixture
            .story("c" + i + "-" + n, "cu" + i + "-" + n, "PT" + n + "H")
            .asks(subjects[i])
            .close();
      }
    }
    List<WeeklyReport.Todo> todo = report(FIRST).todo();
    assertThat(todo).hasSize(5);
    assertThat(todo)
        .extracting(one -> one.gap().cases())
        .as("the one with the fewest cases is left out")
        .doesNotContain(2);
    assertThat(todo)
        .extracting(one -> one.impact().score())
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(todo.getFirst().step()).isEqualTo(WeeklyReport.Step.WRITE_ARTICLE);
    assertThat(todo.getFirst().rank().next()).isNotNull();

    String first = todo.getFirst().gap().gapId();
    Gap gap = fixture.gap(first);
    fixture
        .desk
        .board()
        .change(
            first, gap.version(), new GapChange(null, null, Gap.Remedy.PRODUCT_FIX, null, "Mina"));
    assertThat(report(FIRST).todo().getFirst().step()).isEqualTo(WeeklyReport.Step.FIX_PRODUCT);
  }

  @Test
  void anArticleThatBecameWorseIsToldWithTheReturnsOfTheWeek() {
    for (int i = 0; i < 20; i++) {
      fixture.isGivenPrinter("ok" + i, "calm " + i, "PT" + i + "H");
    }
    for (int i = 0; i < 8; i++) {
      fixture.isGivenPrinter("bad" + i, "cross " + i, "P14DT" + i + "H");
      fixture
          .story("again" + i, "cross " + i, "P15DT" + i + "H")
          .asks("The printer prints blank pages")
          .close();
    }
    List<WeeklyReport.Worse> worse = report(FIRST.after().after()).worse();
    assertThat(worse)
        .extracting(WeeklyReport.Worse::articleId, WeeklyReport.Worse::returnsOfWeek)
        .containsExactly(tuple("printer", 8));
    assertThat(worse.getFirst().latest()).contains("again0").hasSize(8);
    assertThat(report(FIRST).worse()).as("nobody had come back").isEmpty();
  }

  @Test
  void aWeekIsTheDesksAndTheOneToReportIsTheLastThatIsOver() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.timeZone(ZoneId.of("Asia/Seoul"))));
    // Sunday 23:30 in UTC is Monday morning in Seoul
    giraffe("g1", "P6DT14H30M");
    giraffe("g2", "P6DT14H40M");
    assertThat(report(FIRST).appeared().count()).isZero();
    assertThat(report(FIRST.after()).appeared().count()).isEqualTo(1);

    fixture.clock = Instant.parse("2026-01-18T14:00:00Z"); // Sunday evening
    assertThat(fixture.desk.reportedWeek()).isEqualTo(FIRST);
    fixture.clock = Instant.parse("2026-01-18T15:00:00Z"); // Monday there
    assertThat(fixture.desk.reportedWeek()).isEqualTo(FIRST.after());
    fixture.clock = Instant.parse("2027-01-18T15:00:00Z");
    assertThat(fixture.desk.reportedWeek()).as("the last with cases").isEqualTo(FIRST.after());
  }

  private Webhook hook(Webhook.Event event) {
    URI url = URI.create("https://example.com/hook");
    return fixture
        .desk
        .webhooks()
        .add(new Webhook.Wish(url, Set.of(event), Set.of(), true), null, "Mina")
        .webhook();
  }

  @Test
  void webhooksAreToldTheReportOnceAWeekOnMondayMorningWhereTheDeskIs() {
    fixture.beginAgain(DeskSettings.DEFAULT.with(b -> b.timeZone(ZoneId.of("Asia/Seoul"))));
    Webhook report = hook(Webhook.Event.REPORT);
    Webhook raised = hook(Webhook.Event.RAISED);
    fixture.clock = Instant.parse("2026-01-08T00:00:00Z");
    assertThat(fixture.desk.webhooks().reportWhenDue()).as("nobody waited for it").isZero();
    fixture.clock = Instant.parse("2026-01-11T22:59:00Z"); // Monday, 07:59 there
    assertThat(fixture.desk.webhooks().reportWhenDue()).isZero();
    fixture.clock = Instant.parse("2026-01-11T23:00:00Z");
    assertThat(fixture.desk.webhooks().reportWhenDue()).isEqualTo(1);
    assertThat(fixture.desk.webhooks().reportWhenDue()).as("once").isZero();

    List<Webhook.Delivery> due = fixture.desk.webhooks().due(report.id(), fixture.clock, 10);
    assertThat(due)
        .extracting(Webhook.Delivery::event, Webhook.Delivery::gapId)
        .containsExactly(tuple(Webhook.Event.REPORT, null));
    assertThat(fixture.desk.webhooks().reported(due.getFirst())).isEqualTo(FIRST);
    assertThat(fixture.desk.webhooks().due(raised.id(), fixture.clock, 10)).isEmpty();
  }

  @Test
  void aReportThatWasDueWhileTheDeskWasClosedIsToldWhenItIsOpenAgain() {
    Webhook report = hook(Webhook.Event.REPORT);
    fixture.desk.webhooks().reportWhenDue();
    fixture.clock = fixture.clock.plus(Duration.ofDays(23));
    fixture.reopen();
    assertThat(fixture.desk.webhooks().reportWhenDue()).isEqualTo(1);
    Webhook.Delivery late = fixture.desk.webhooks().due(report.id(), fixture.clock, 10).getFirst();
    assertThat(fixture.desk.webhooks().reported(late))
        .as("the last one only")
        .hasToString("2026-W04");
  }
}
