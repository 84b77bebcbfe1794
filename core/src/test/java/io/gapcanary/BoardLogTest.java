package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.RESET_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gapcanary.BoardChange.What;
import io.gapcanary.BoardLog.Place;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BoardLogTest {
  @RegisterExtension final DeskFixture fixture = DeskFixture.with(RESET_PASSWORD, PRINTER);

  private BoardLog log() {
    return fixture.desk.boardLog();
  }

  private List<BoardChange> after(Place place) {
    return log().after(place, 100).orElseThrow().changes();
  }

  private void dismissAndOpen() {
    Gap gap = fixture.gap("gap-1");
    Gap dismissed =
        fixture
            .desk
            .board()
            .change(
                "gap-1",
                gap.version(),
                new GapChange(Gap.State.DISMISSED, null, null, "because", "Lee"));
    fixture
        .desk
        .board()
        .change(
            "gap-1",
            dismissed.version(),
            new GapChange(Gap.State.OPEN, null, null, "because", "Lee"));
  }

  @Test
  void whateverAGapsHistoryTellsIsToldOfTheBoardToo() {
    List<String> told = Stream.of(What.values()).map(WireName::wireName).toList();
    assertThat(Stream.of(Gap.Event.What.values()).map(WireName::wireName)).isSubsetOf(told);
  }

  @Test
  void aGapAppearsGrowsChangesAndOpensAgain() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    assertThat(after(Place.BEGINNING)).isEmpty();
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    fixture.asksOfGiraffes("g3", "eve", "PT2H");
    dismissAndOpen();
    assertThat(after(Place.BEGINNING))
        .extracting(BoardChange::what, BoardChange::cases)
        .containsExactly(
            tuple(What.RAISED, 2),
            tuple(What.GROWN, 3),
            tuple(What.STATE, 3),
            tuple(What.REOPENED, 3));
    assertThat(after(Place.BEGINNING).getFirst().gap().id()).isEqualTo("gap-1");
    assertThat(after(Place.BEGINNING).getFirst().gap().title()).contains("giraffe");
  }

  @Test
  void oneReadsOnFromWhereOneStoodAfterARestartToo() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    Place stood = log().end();
    fixture.reopen();
    assertThat(log().end()).isEqualTo(stood);
    fixture.asksOfGiraffes("g3", "eve", "PT2H");
    assertThat(after(Place.parse(stood.toString()).orElseThrow()))
        .extracting(BoardChange::what)
        .containsExactly(What.GROWN);
    assertThat(log().after(stood, 100).orElseThrow().end()).isEqualTo(log().end());
  }

  @Test
  void aCaseThatIsJudgedAgainIsNoGrowth() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    Place stood = log().end();
    fixture.desk.assist().close("g2", Closing.at(DeskFixture.at("PT2H"), Resolution.UNSOLVED));
    assertThat(fixture.gap("gap-1").cases()).hasSize(2);
    assertThat(after(stood)).isEmpty();
  }

  @Test
  void aPlaceThatTheLogNeverHadIsNotKnown() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    Place end = log().end();
    assertThat(log().after(new Place(end.number() + 1, end.at()), 100)).isEmpty();
    assertThat(log().after(new Place(end.number(), end.at() + 1), 100)).isEmpty();
    assertThat(Place.parse("12")).isEmpty();
    assertThat(Place.parse("-1-2")).isEmpty();
  }

  @Test
  void theSnapshotHoldsWhatSomebodyShouldSeeTo() {
    fixture.asksOfGiraffes("g1", "ann", "PT0S");
    fixture.asksOfGiraffes("g2", "bob", "PT1H");
    BoardLog.Snapshot snapshot = log().snapshot(10);
    assertThat(snapshot.gaps()).extracting(BoardChange.Line::id).containsExactly("gap-1");
    assertThat(snapshot.live()).isEqualTo(1);
    assertThat(snapshot.end()).isEqualTo(log().end());
    assertThat(log().snapshot(0).gaps()).isEmpty();
  }
}
