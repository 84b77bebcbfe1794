package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Gap.Event.What;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.GapMember;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a desk where only equal words join at once, so that wordings begin gaps of their own. */
@Tag("slow")
class RegroupingTest {
  private static final String FEED = "How do I feed my giraffe in winter?";
  private static final String FOOD = "What does a giraffe eat in winter?";
  private static final List<String> GIRAFFES =
      List.of(FEED, "My giraffe needs winter food", FOOD, "feed a giraffe when it is winter");
  private static final String PAINT = "Can I paint my submarine yellow?";

  private static final DeskSettings EQUAL_WORDS =
      DeskSettings.DEFAULT.with(b -> b.grouping(0.99).merging(0.45));

  @RegisterExtension final DeskFixture fixture = DeskFixture.with(PRINTER).settings(EQUAL_WORDS);

  private int cases;

  private String ask(String text) {
    String id = "c" + ++cases;
    fixture.story(id, "customer " + cases, "PT" + cases + "H").asks(text).close();
    return id;
  }

  private void ask(String text, int times) {
    for (int i = 0; i < times; i++) {
      ask(text);
    }
  }

  private void twoGapsOfOneSubject() {
    ask(FEED, 3);
    ask(FOOD, 2);
    assertThat(fixture.gaps()).extracting(Gap::id).containsExactlyInAnyOrder("gap-1", "gap-2");
  }

  private Gap decide(String id, Gap.State state, String owner) {
    GapChange change = new GapChange(state, owner, null, "so", "Lee");
    return fixture.desk.board().change(id, fixture.gap(id).version(), change);
  }

  @Test
  void gapsOfOneSubjectBecomeOneWhenOneOfThemGrows() {
    twoGapsOfOneSubject();
    decide("gap-2", Gap.State.DRAFTED, "Kim");
    ask(FEED);
    assertThat(fixture.gaps()).hasSize(1);
    Gap one = fixture.gap("gap-1");
    assertThat(one.cases()).containsExactlyInAnyOrder("c1", "c2", "c3", "c4", "c5", "c6");
    assertThat(one.owner()).isEqualTo("Kim");
    assertThat(one.state()).isEqualTo(Gap.State.DRAFTED);
    assertThat(one.history())
        .filteredOn(event -> event.what() == What.MERGED)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.details())
                    .isEqualTo(Map.of("gap", "gap-2", "state", "drafted", "owner", "Kim")));
    assertThat(fixture.gap("gap-2").id()).isEqualTo("gap-1");
  }

  @Test
  void whatWasPublishedIsStillWhenAnotherJoins() {
    twoGapsOfOneSubject();
    decide("gap-1", Gap.State.ASSIGNED, "Kim");
    Gap second = fixture.gap("gap-2");
    fixture
        .desk
        .board()
        .change(
            "gap-2",
            second.version(),
            new GapChange(Gap.State.PUBLISHED, null, Gap.Remedy.TRAINING, "so", "Lee"));
    ask(FEED);
    Gap one = fixture.gap("gap-1");
    assertThat(one.cases()).hasSize(6);
    assertThat(one.state()).isEqualTo(Gap.State.PUBLISHED);
    assertThat(one.remedy()).isEqualTo(Gap.Remedy.TRAINING);
    assertThat(fixture.count("SELECT COUNT(*) FROM gap WHERE number = 1 AND published_at > 0"))
        .as("from when its quiet counts")
        .isOne();
  }

  @Test
  void gapsOfTwoSubjectsStayTwo() {
    ask(FEED, 3);
    ask(PAINT, 3);
    ask(FEED, 6);
    ask(PAINT, 6);
    assertThat(fixture.gap("gap-1").cases()).hasSize(9);
    assertThat(fixture.gap("gap-2").cases()).hasSize(9);
  }

  @Test
  void twoOwnersKeepGapsApart() {
    twoGapsOfOneSubject();
    decide("gap-1", Gap.State.ASSIGNED, "Kim");
    decide("gap-2", Gap.State.ASSIGNED, "Park");
    ask(FEED, 3);
    assertThat(fixture.gap("gap-1").cases()).hasSize(6);
    assertThat(fixture.gap("gap-2").owner()).isEqualTo("Park");
  }

  @Test
  void aDismissalKeepsGapsApart() {
    twoGapsOfOneSubject();
    decide("gap-2", Gap.State.DISMISSED, null);
    ask(FEED, 3);
    assertThat(fixture.gap("gap-1").cases()).hasSize(6);
    assertThat(fixture.gap("gap-2").state()).isEqualTo(Gap.State.DISMISSED);
    assertThat(fixture.gap("gap-2").cases()).containsExactly("c4", "c5");
  }

  /** What asks of a submarine came to the giraffes when there was nothing else. */
  private String strayAmongGiraffes() {
    fixture.settings(DeskSettings.DEFAULT.with(b -> b.grouping(0).merging(1)));
    fixture.reopen();
    for (int i = 0; i < 8; i++) {
      ask(GIRAFFES.get(i % GIRAFFES.size()));
    }
    String stray = ask(PAINT);
    assertThat(fixture.gap("gap-1").cases()).contains(stray);
    fixture.settings(DeskSettings.DEFAULT.with(b -> b.merging(1)));
    fixture.reopen();
    ask("May a submarine be painted yellow?");
    ask("yellow paint for a submarine");
    assertThat(fixture.gap("gap-2").cases()).hasSize(2);
    return stray;
  }

  @Test
  void aCaseGoesToTheGapThatItIsMoreLike() {
    String stray = strayAmongGiraffes();
    decide("gap-1", Gap.State.ASSIGNED, "Kim");
    decide("gap-2", Gap.State.DRAFTED, "Park");
    ask(FEED, 1);
    Gap giraffes = fixture.gap("gap-1");
    Gap submarines = fixture.gap("gap-2");
    assertThat(giraffes.cases()).hasSize(9).doesNotContain(stray);
    assertThat(submarines.cases()).hasSize(3).contains(stray);
    assertThat(giraffes.owner()).isEqualTo("Kim");
    assertThat(submarines.owner()).isEqualTo("Park");
    assertThat(submarines.state()).isEqualTo(Gap.State.DRAFTED);
    Gap.Event went = giraffes.history().getLast();
    assertThat(went.what()).isEqualTo(What.MOVED);
    assertThat(went.details()).isEqualTo(Map.of("cases", 1, "to", "gap-2"));
    assertThat(submarines.history().getLast().details())
        .isEqualTo(Map.of("cases", 1, "from", "gap-1"));
  }

  @Test
  void noCaseGoesToAGapThatIsDoneWith() {
    String stray = strayAmongGiraffes();
    decide("gap-2", Gap.State.DISMISSED, null);
    ask(FEED, 1);
    assertThat(fixture.gap("gap-1").cases()).contains(stray);
    assertThat(fixture.gap("gap-2").cases()).hasSize(2);
  }

  @Test
  void whatAPersonMergedStaysTogether() {
    ask(FEED, 2);
    ask(PAINT, 5);
    Gap giraffes = fixture.gap("gap-1");
    fixture
        .desk
        .board()
        .merge("gap-2", fixture.gap("gap-2").version(), giraffes.id(), null, null, "Lee");
    GIRAFFES.forEach(this::ask);
    ask(FEED, 8);
    assertThat(fixture.gap("gap-1").cases()).contains("c1", "c3", "c7");
    assertThat(fixture.gap("gap-1").history())
        .extracting(Gap.Event::what)
        .doesNotContain(What.SPLIT, What.MOVED);
  }

  @Test
  void ofALargeGapSomeCasesAreReadEvenlyOverItsTime() {
    ask(FEED, 20);
    try (Database database = Database.open(fixture.folder.resolve("desk.db"), false)) {
      assertThat(some(database, 5)).containsExactly("c4", "c8", "c12", "c16", "c20");
      assertThat(some(database, 40)).hasSize(20);
    }
  }

  private static List<String> some(Database database, int most) {
    return database.read(
        session -> {
          long key = session.gaps().numbered().getFirst().key();
          return session.gapCases().someMembers(key, most).stream().map(GapMember::caseId).toList();
        });
  }
}
