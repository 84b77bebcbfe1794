package io.gapcanary;

import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
