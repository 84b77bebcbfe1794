package io.gapcanary;

import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.Article;
import io.gapcanary.kb.AskedAs;
import io.gapcanary.kb.TextEmbedder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherModelTest {
  private static final Article PASSWORD =
      article("password", "Reset your password", "Choose Forgot password on the login page.");
  private static final Article PARCEL =
      article("parcel", "Track a parcel", "The tracking number is in the dispatch mail.");
  private static final String IN_OTHER_WORDS = "my credentials went missing";

  /** A model of a dimension that knows two themes. */
  private static ScriptedEmbedder themes(String name, int dimension) {
    return new ScriptedEmbedder(
        name,
        dimension,
        text -> {
          boolean password = text.contains("assword") || text.contains("redentials");
          boolean parcel = text.contains("arcel") || text.contains("racking");
          return password ? 0 : parcel ? 1 : 2;
        });
  }

  private static void embedAll(DeskFixture fixture) {
    int embedded = 0;
    for (int some = fixture.desk.embedSome(); some > 0; some = fixture.desk.embedSome()) {
      embedded += some;
      assertThat(embedded).as("each once").isLessThan(10);
    }
  }

  private static Suggestions asked(DeskFixture fixture, String id, String text) {
    fixture.story(id, null, "PT0S").asks(text).open();
    return fixture.desk.assist().suggest(id);
  }

  private static DeskFixture fixture(Path folder, TextEmbedder model) {
    return new DeskFixture(folder, DeskSettings.DEFAULT, model);
  }

  private static void fill(DeskFixture fixture) {
    fixture.desk.articles().putAll(List.of(PASSWORD, PARCEL));
    fixture
        .desk
        .articles()
        .learn(List.of(new AskedAs("w1", "parcel", "where is my parcel", "h", DeskFixture.MONDAY)));
  }

  @Test
  void wordsServeUntilAnotherModelHasSeenEverything(@TempDir Path folder) {
    try (DeskFixture fixture = fixture(folder, themes("one", 4))) {
      fill(fixture);
      assertThat(asked(fixture, "before", IN_OTHER_WORDS).degraded()).isFalse();
    }
    ScriptedEmbedder other = themes("two", 3);
    other.down = true;
    try (DeskFixture fixture = fixture(folder, other)) {
      assertThat(fixture.desk.embedSome()).isZero();
      Suggestions words = asked(fixture, "meanwhile", "how do I reset my password");
      assertThat(words.degraded()).isTrue();
      assertThat(words.suggestions().get(0).articleId()).isEqualTo("password");
      Outcome outcome = fixture.asksOfGiraffes("c1", "ann", "PT1H");
      assertThat(outcome.outcome()).isEqualTo(Outcome.Kind.UNAVAILABLE);
      assertThat(fixture.desk.totals().heldBack()).isZero();
    }
    other = themes("two", 3);
    try (DeskFixture fixture = fixture(folder, other)) {
      assertThat(other.asked).as("opening waits for no model").isEmpty();
      assertThat(fixture.desk.impairment().orElseThrow()).contains("Words alone serve until 3");
      embedAll(fixture);
      assertThat(fixture.desk.impairment()).isEmpty();
      assertThat(other.asked).contains("Reset your password", "where is my parcel");
      assertThat(asked(fixture, "after", IN_OTHER_WORDS).degraded()).isFalse();
      fixture.desk.closeOverdue();
      assertThat(fixture.desk.assist().outcome("c1").orElseThrow().outcome())
          .isEqualTo(Outcome.Kind.NO_MATCH);
    }
  }

  @Test
  void goingBackToAModelAsksItNothingAgain(@TempDir Path folder) {
    try (DeskFixture fixture = fixture(folder, themes("one", 4))) {
      fill(fixture);
    }
    try (DeskFixture fixture = fixture(folder, themes("two", 3))) {
      embedAll(fixture);
    }
    ScriptedEmbedder one = themes("one", 4);
    try (DeskFixture fixture = fixture(folder, one)) {
      assertThat(fixture.desk.impairment()).isEmpty();
      assertThat(one.asked).isEmpty();
    }
  }

  @Test
  void whatCameWhileTheModelWasDownIsEmbeddedWhenItIsWell(@TempDir Path folder) {
    ScriptedEmbedder model = themes("one", 4);
    try (DeskFixture fixture = fixture(folder, model)) {
      fixture.desk.articles().put(PARCEL);
      model.down = true;
      fixture.desk.articles().put(PASSWORD);
      assertThat(fixture.desk.embedSome()).isZero();
      assertThat(fixture.desk.impairment()).isPresent();
    }
    ScriptedEmbedder again = themes("one", 4);
    try (DeskFixture fixture = fixture(folder, again)) {
      assertThat(asked(fixture, "before", IN_OTHER_WORDS).degraded())
          .as("events embed where nobody does it beside")
          .isFalse();
      assertThat(again.asked).contains("Reset your password").doesNotContain("Track a parcel");
    }
  }
}
