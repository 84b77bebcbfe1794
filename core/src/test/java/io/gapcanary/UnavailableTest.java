package io.gapcanary;

import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.EmbeddingException;
import io.gapcanary.kb.TextEmbedder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnavailableTest {
  /** A model behind a network that fails now and then. */
  private static final class ShakyEmbedder implements TextEmbedder {
    private boolean down;

    @Override
    public String name() {
      return "shaky";
    }

    @Override
    public int dimension() {
      return 4;
    }

    @Override
    public boolean understands(String language) {
      return language.equals("en");
    }

    @Override
    public List<float[]> embed(List<String> texts, Role role) {
      if (down) {
        throw new EmbeddingException("The model is down");
      }
      return texts.stream().map(text -> new float[] {1, 0, 0, 0}).toList();
    }
  }

  @Test
  void aCaseClosedWhileTheModelIsDownIsUnavailableAndNeverAGap(@TempDir Path folder) {
    ShakyEmbedder model = new ShakyEmbedder();
    try (DeskFixture fixture = new DeskFixture(folder, DeskSettings.DEFAULT, model)) {
      fixture
          .desk
          .articles()
          .put(article("printer", "The printer prints blank pages", "Clean it."));
      model.down = true;
      Outcome outcome =
          fixture.story("c1", "ann", "PT0S").asks("How do I feed my giraffe in winter?").close();
      assertThat(outcome.outcome()).isEqualTo(Outcome.Kind.UNAVAILABLE);
      assertThat(fixture.desk.impairment()).isPresent();
      assertThat(fixture.desk.totals().unavailable()).isEqualTo(1);
      assertThat(fixture.desk.totals().heldBack()).isZero();
    }
    try (DeskFixture fixture = new DeskFixture(folder, DeskSettings.DEFAULT, new ShakyEmbedder())) {
      fixture.desk.closeOverdue();
      assertThat(fixture.desk.assist().outcome("c1").orElseThrow().outcome())
          .isNotEqualTo(Outcome.Kind.UNAVAILABLE);
    }
  }
}
