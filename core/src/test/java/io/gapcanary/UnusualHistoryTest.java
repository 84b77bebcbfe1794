package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.article;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.exchange.DeskJson;
import io.gapcanary.kb.Article;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What no desk expects and every desk sees once: odd customers, odd clocks, odd orders. */
@Tag("slow")
class UnusualHistoryTest {
  private static final String GIRAFFE = "How do I feed my giraffe in winter?";
  private static final String PASSWORD = "I forgot my password and cannot sign in";

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          article("password", "Reset a forgotten password", "Click Forgot password."),
          PRINTER,
          article("invoice", "Download an invoice", "Open Billing and choose Invoices."));

  @Test
  void aCustomerOfManyCasesIsOneCustomerWhoseEveryReturnCounts() {
    int many = 40;
    for (int i = 0; i < many; i++) {
      fixture.story("c" + i, "one", "PT" + 30 * i + "M").asks(GIRAFFE).close();
    }
    Outcome last = fixture.story("again", "one", "PT" + (30 * many) + "M").asks(GIRAFFE).close();

    assertThat(last.repeatOf()).isEqualTo("c" + (many - 1));
    assertThat(fixture.desk.totals().repeatContacts()).isEqualTo(many);
    assertThat(fixture.gaps()).as("one customer is no gap").isEmpty();

    fixture.story("other", "another", "PT" + (30 * many + 60) + "M").asks(GIRAFFE).close();
    assertThat(fixture.gaps()).hasSize(1);
    assertThat(fixture.gaps().getFirst().cases()).hasSize(many + 2);
    assertThat(fixture.gaps().getFirst().impact().distinctCustomers()).isEqualTo(2);
  }

  @Test
  void aCustomerOfAThousandCasesWithinTheWindowIsComparedWithTheLatestAndStaysOne() {
    fixture.beginAgain(
        DeskSettings.DEFAULT.with(b -> b.durability(DeskSettings.Durability.RELAXED)));
    int many = 1000;
    List<String> subjects = List.of(GIRAFFE, "Can I paint my submarine yellow?", PASSWORD);
    for (int i = 0; i < many; i++) {
      String about = subjects.get(i % subjects.size());
      fixture.story("c" + i, "one", "PT" + 10 * i + "M").asks(about).close();
    }
    assertThat(fixture.desk.totals().cases()).isEqualTo(many);
    assertThat(fixture.gaps()).as("one customer is no gap").isEmpty();
    CustomerContacts contacts = fixture.desk.assist().contacts("c" + (many - 1));
    assertThat(contacts.count()).isEqualTo(many - 1);
    assertThat(contacts.latest()).hasSize(10);

    String end = "PT" + (10 * many + 30) + "M";
    Outcome again = fixture.story("again", "one", end).asks(GIRAFFE).close();
    assertThat(again.repeatOf()).isEqualTo("c" + (many - 1));
    Outcome other = fixture.story("other", "another", end).asks(GIRAFFE).close();
    assertThat(other.repeatOf()).isNull();
    assertThat(fixture.gaps()).hasSize(1);
    assertThat(fixture.gaps().getFirst().impact().distinctCustomers()).isEqualTo(2);
  }

  @Test
  void identitiesThatTurnOutToBeOneTakeTheirCustomerOutOfTheListsCount() {
    open("a", "P0D", new Identity("phone", "+821012345678"));
    open("b", "P1D", new Identity("email", "kim@example.com"));
    assertThat(fixture.gaps().getFirst().impact().distinctCustomers()).isEqualTo(2);

    open(
        "c",
        "P2D",
        new Identity("phone", "+821012345678"),
        new Identity("email", "kim@example.com"));

    assertThat(fixture.gaps().getFirst().cases()).containsExactly("a", "b", "c");
    assertThat(fixture.gaps().getFirst().impact().distinctCustomers()).isEqualTo(1);
  }

  private void open(String id, String day, Identity... identities) {
    AgentAssist assist = fixture.desk.assist();
    assist.open(
        CaseOpening.builder().id(id).openedAt(at(day)).identities(List.of(identities)).build());
    assist.hear(id, Message.customer(GIRAFFE).at(at(day).plusSeconds(60)));
    assist.close(id, Closing.at(at(day).plusSeconds(600), null));
  }

  @Test
  void aCaseThatArrivesLateOrTwiceCountsOnceInItsGap() {
    fixture.story("a", "one", "P5D").asks(GIRAFFE).close();
    fixture.story("late", "two", "P1D").asks(GIRAFFE).close();
    String before = DeskJson.line(fixture.gaps());
    assertThat(fixture.gaps().getFirst().cases()).containsExactly("late", "a");

    fixture.story("late", "two", "P1D").asks(GIRAFFE).close();

    assertThat(fixture.desk.assist().find("late").orElseThrow().messages()).isNotEmpty();
    assertThat(fixture.gaps()).hasSize(1);
    assertThat(fixture.gaps().getFirst().cases()).containsExactly("late", "a");
    assertThat(fixture.gaps().getFirst().impact().distinctCustomers()).isEqualTo(2);
    assertThat(before).contains("\"cases\":[\"late\",\"a\"]");
  }

  @Test
  void aCaseReopenedAfterItsRepeatWasLinkedIsRepeatedStillAndCountsOnce() {
    fixture.story("first", "one", "P0D").asks(PASSWORD).linked("password").close();
    Outcome repeat = fixture.story("second", "one", "P1D").asks(PASSWORD).close();
    assertThat(repeat.repeatOf()).isEqualTo("first");
    int repeats = fixture.desk.totals().repeatContacts();

    fixture.desk.assist().hear("first", Message.customer("Thanks, it works now").at(at("P1DT2H")));
    Outcome again = fixture.desk.assist().close("first", Closing.at(at("P1DT3H"), null));

    assertThat(again.given()).containsExactly("password");
    assertThat(again.repeatOf()).isNull();
    assertThat(fixture.desk.assist().outcome("second").orElseThrow().repeatOf()).isEqualTo("first");
    assertThat(fixture.desk.totals().repeatContacts()).isEqualTo(repeats);
    assertThat(fixture.desk.totals().cases()).isEqualTo(2);
  }

  @Test
  void aReopenedCaseThatAsksSomethingElseIsShownWithItAtOnce() {
    fixture.story("a", "one", "P0D").asks(GIRAFFE).close();
    fixture.story("b", "two", "P1D").asks(GIRAFFE).close();
    assertThat(fixture.gaps().getFirst().questions()).noneMatch(text -> text.contains("zebra"));

    fixture
        .desk
        .assist()
        .hear("b", Message.customer("And does my zebra need a coat?").at(at("P1DT1H")));

    assertThat(fixture.gaps().getFirst().questions())
        .isEqualTo(fixture.gap(fixture.gaps().getFirst().id()).questions())
        .anyMatch(text -> text.contains("zebra"));
  }

  @Test
  void aGapWhoseArticleIsDeletedIsStillShownAskedAgainAndDrafted() {
    for (int i = 0; i < 6; i++) {
      String day = "P" + i + "D";
      fixture.story("g" + i, "c" + i, day).asks(GIRAFFE).linked("invoice").close();
    }
    Gap gap =
        fixture.gaps().stream()
            .filter(one -> "invoice".equals(one.articleId()))
            .findFirst()
            .orElseThrow();

    assertThat(fixture.desk.articles().remove("invoice")).isTrue();

    GapBoard board = fixture.desk.board();
    assertThat(fixture.gap(gap.id()).articleId()).isEqualTo("invoice");
    assertThat(fixture.gaps()).extracting(Gap::id).contains(gap.id());
    assertThat(board.replay(gap.id()).passes()).isFalse();
    assertThat(board.draft(gap.id())).isNotNull();
    assertThat(board.followUps(gap.id())).isEmpty();
    assertThat(board.toTell(gap.id())).isNotNull();
    assertThat(board.rank(gap.id())).isPresent();

    Article back = article("invoice", "Feed a giraffe in winter", "Warm hay, twice a day.");
    fixture.desk.articles().put(back);
    fixture.story("g9", "c9", "P9D").asks(GIRAFFE).linked("invoice").close();
    assertThat(fixture.gap(gap.id()).articleId()).isEqualTo("invoice");
  }

  @Test
  void ofTwoManagersWhoMergeAtOnceTheSecondIsTold() {
    fixture.story("a", "one", "P0D").asks(GIRAFFE).close();
    fixture.story("b", "two", "P1D").asks(GIRAFFE).close();
    fixture.asksOfSubmarines("c", "one", "P2D");
    fixture.asksOfSubmarines("d", "two", "P3D");
    Gap one = fixture.gap("gap-1");
    Gap other = fixture.gap("gap-2");
    GapBoard board = fixture.desk.board();

    board.merge("gap-1", one.version(), "gap-2", other.version(), null, "Kim");

    assertThatThrownBy(
            () -> board.merge("gap-2", other.version(), "gap-1", one.version(), null, "Lee"))
        .isInstanceOf(StaleException.class);
    assertThatThrownBy(
            () -> board.merge("gap-1", one.version(), "gap-2", other.version(), null, "Lee"))
        .isInstanceOf(StaleException.class);
    assertThat(fixture.gaps()).extracting(Gap::id).containsExactly("gap-2");
    assertThat(fixture.gap("gap-2").cases()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void theListSaysOfEachGapWhatTheGapSays() {
    for (int i = 0; i < 12; i++) {
      String asked = i % 3 == 0 ? "Can I paint my submarine yellow?" : GIRAFFE;
      fixture
          .story("c" + i, "cu" + i % 5, "P" + i + "D")
          .on("chat", "app", "gold")
          .asks(asked)
          .close();
      for (Gap gap : fixture.gaps()) {
        assertThat(gap).isEqualTo(fixture.gap(gap.id()));
      }
    }
    GapFilter chats = GapFilter.FIRST_PAGE.slice(new CaseSlice("app", "chat", "gold", "en"));
    assertThat(fixture.desk.board().list(chats).gaps()).isEqualTo(fixture.gaps()).hasSize(2);
    fixture.reopen();
    assertThat(fixture.gaps())
        .hasSize(2)
        .allSatisfy(gap -> assertThat(gap).isEqualTo(fixture.gap(gap.id())));
  }

  @Test
  void whatHappenedIsToldInTheOrderOfTheNames() {
    Gap.Event event =
        new Gap.Event(
            at("P0D"),
            "Kim",
            Gap.Event.What.STATE,
            Map.of("to", "open", "from", "dismissed", "of", "gap-3"),
            null);
    assertThat(event.details().keySet()).containsExactly("from", "of", "to");
  }
}
