package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An article that suddenly becomes worse is told of where gaps are. */
@Tag("slow")
class ArticleRiseTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  @BeforeEach
  void itHelpsAtFirst() {
    for (int i = 0; i < 25; i++) {
      fixture.isGivenResetPassword("a" + i, "cu" + i, "PT" + i + "H");
    }
  }

  /** From the thirtieth day on customers come back, as after a release. */
  private void itHelpsNoMore(int from, int to) {
    for (int i = from; i < to; i++) {
      fixture.isGivenResetPassword("b" + i, "cb" + i, "P30DT" + i + "H");
    }
    for (int i = from; i < to; i++) {
      fixture.story("c" + i, "cb" + i, "P32DT" + i + "H").asks("I forgot my password").close();
    }
  }

  private List<BoardChange> told() {
    return fixture
        .desk
        .boardLog()
        .after(BoardLog.Place.BEGINNING, 1000)
        .orElseThrow()
        .changes()
        .stream()
        .filter(change -> change.what() == BoardChange.What.WORSE)
        .toList();
  }

  private List<ArticleRise> worse() {
    return fixture.desk.board().worse(10);
  }

  @Test
  void itIsOnTheBoardAndToldOnce() {
    assertThat(worse()).isEmpty();
    itHelpsNoMore(0, 8);
    ArticleRise rise = worse().getFirst();
    assertThat(rise.articleId()).isEqualTo("reset-password");
    assertThat(rise.title()).isEqualTo(RESET_PASSWORD.title());
    assertThat(rise.change().kind()).isEqualTo(RateChange.Kind.TIME);
    assertThat(rise.change().formerReturned()).isZero();
    assertThat(rise.change().returned()).isEqualTo(8);
    assertThat(rise.change())
        .isEqualTo(fixture.desk.articles().health("reset-password").orElseThrow().change());
    assertThat(told()).hasSize(1);
    BoardChange change = told().getFirst();
    assertThat(change.gap()).isNull();
    assertThat(change.article()).isEqualTo(rise);
    assertThat(change.at()).isEqualTo(rise.at());
    itHelpsNoMore(8, 12);
    assertThat(worse()).hasSize(1);
    assertThat(worse().getFirst().change().given()).isGreaterThan(8);
    assertThat(told()).hasSize(1);
    assertThat(fixture.desk.boardLog().snapshot(10).worse()).isEqualTo(worse());
  }

  @Test
  void aNewEditionBeginsAnew() {
    itHelpsNoMore(0, 8);
    assertThat(worse()).hasSize(1);
    fixture
        .desk
        .articles()
        .put(article("reset-password", "Reset a forgotten password", "Press Forgot, then wait."));
    assertThat(worse()).isEmpty();
    assertThat(told()).as("what was told stays told").hasSize(1);
  }

  @Test
  void itIsOverWhenTheArticleHelpsAgain() {
    itHelpsNoMore(0, 6);
    assertThat(worse()).hasSize(1);
    for (int i = 0; i < 100 && !worse().isEmpty(); i++) {
      fixture.isGivenResetPassword("d" + i, "cd" + i, "P50DT" + i + "H");
    }
    assertThat(worse()).isEmpty();
  }

  @Test
  void oneCustomersChainIsNoRise() {
    for (int i = 0; i < 12; i++) {
      fixture.isGivenResetPassword("z" + i, "zoe", "P" + (30 + i) + "D");
    }
    assertThat(fixture.count("SELECT COUNT(*) FROM giving WHERE returned_by IS NOT NULL"))
        .as("each but the last is followed by another")
        .isEqualTo(11);
    assertThat(fixture.desk.articles().health("reset-password").orElseThrow().change()).isNull();
    assertThat(worse()).isEmpty();
  }

  @Test
  void webhooksAreToldOfIt() {
    Webhook webhook =
        fixture
            .desk
            .webhooks()
            .add(
                new Webhook.Wish(
                    URI.create("https://example.com/hook"),
                    EnumSet.of(Webhook.Event.WORSE),
                    Set.of(),
                    true),
                null,
                "Mina")
            .webhook();
    itHelpsNoMore(0, 9);
    List<Webhook.Delivery> due = fixture.desk.webhooks().due(webhook.id(), fixture.clock, 100);
    assertThat(due)
        .extracting(Webhook.Delivery::event, Webhook.Delivery::gapId)
        .containsExactly(tuple(Webhook.Event.WORSE, null));
    assertThat(fixture.desk.webhooks().worse(due.getFirst()).orElseThrow())
        .isEqualTo(worse().getFirst());
  }
}
