package io.gapcanary;

import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnavailableTest {
  private static ScriptedEmbedder model() {
    return new ScriptedEmbedder("shaky", 4, text -> 0);
  }

  @Test
  void aCaseClosedWhileTheModelIsDownIsUnavailableAndNeverAGap(@TempDir Path folder) {
    ScriptedEmbedder model = model();
    try (DeskFixture fixture = new DeskFixture(folder, DeskSettings.DEFAULT, model)) {
      fixture
          .desk
          .articles()
          .put(article("printer", "The printer prints blank pages", "Clean it."));
      model.down = true;
      Outcome outcome = fixture.asksOfGiraffes("c1", "ann", "PT0S");
      assertThat(outcome.outcome()).isEqualTo(Outcome.Kind.UNAVAILABLE);
      assertThat(fixture.desk.impairment()).isPresent();
      assertThat(fixture.desk.totals().unavailable()).isEqualTo(1);
      assertThat(fixture.desk.totals().heldBack()).isZero();
    }
    try (DeskFixture fixture = new DeskFixture(folder, DeskSettings.DEFAULT, model())) {
      fixture.desk.closeOverdue();
      assertThat(fixture.desk.assist().outcome("c1").orElseThrow().outcome())
          .isNotEqualTo(Outcome.Kind.UNAVAILABLE);
    }
  }

  @Test
  void aCaseThatCouldNotBeJudgedAgainIsTriedOnceMore(@TempDir Path folder) {
    ScriptedEmbedder model = model();
    try (DeskFixture fixture = new DeskFixture(folder, DeskSettings.DEFAULT, model)) {
      model.down = true;
      fixture.asksOfGiraffes("c1", "ann", "PT0S");
    }
    try (DeskFixture fixture = new DeskFixture(folder, DeskSettings.DEFAULT, model())) {
      Jdbi record = Jdbi.create("jdbc:sqlite:" + folder.resolve("desk.db"));
      record.useHandle(
          handle ->
              handle.execute(
                  "CREATE TRIGGER full BEFORE INSERT ON outcome BEGIN SELECT RAISE(ABORT, 'full'); END"));
      assertThatThrownBy(() -> fixture.desk.closeOverdue()).isInstanceOf(RuntimeException.class);
      record.useHandle(handle -> handle.execute("DROP TRIGGER full"));
      fixture.desk.closeOverdue();
      assertThat(fixture.desk.assist().outcome("c1").orElseThrow().outcome())
          .isNotEqualTo(Outcome.Kind.UNAVAILABLE);
    }
  }

  @Test
  void anOutcomesNumberIsNeverThatOfARemovedOne(@TempDir Path folder) {
    try (DeskFixture fixture = new DeskFixture(folder)) {
      fixture.asksOfGiraffes("c1", "ann", "PT0S");
      fixture.asksOfGiraffes("c2", "bob", "PT1M");
      int last = fixture.count("SELECT MAX(sequence) FROM outcome");
      fixture.desk.erase(List.of(new Identity("customer", "bob")));
      fixture.asksOfGiraffes("c3", "cho", "PT2M");
      assertThat(fixture.count("SELECT sequence FROM outcome WHERE case_id = 'c3'"))
          .isGreaterThan(last);
    }
  }
}
