package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.article;
import static io.gapcanary.DeskFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SuggestAfterTest {
  private static final String WORDS = "The printer prints blank pages since this morning";
  private static final Message ASKS = Message.customer(WORDS).at(at("PT1M"));
  private static final Message SAYS = Message.agent("Let me see.").at(at("PT2M"));

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
          article("reset", "Reset a forgotten password", "Click Forgot password."),
          PRINTER,
          article("refund", "Ask for a refund of an order", "Open the order."));

  private Suggestions says(Message message) {
    fixture.desk.assist().hear("c", message);
    return fixture.desk.assist().suggestAfter("c", message);
  }

  private void asks() {
    fixture.desk.assist().open(CaseOpening.builder().id("c").openedAt(at("PT0S")).build());
    assertThat(first(says(ASKS))).isEqualTo("printer");
  }

  private static String first(Suggestions suggestions) {
    return suggestions.suggestions().getFirst().articleId();
  }

  private void dismissedElsewhere() {
    for (String other : List.of("d", "e")) {
      fixture.story(other, other, "PT0S").asks(WORDS).open();
      fixture.desk.assist().link(other, "printer", LinkAction.DISMISSED, at("PT90S"));
    }
  }

  @Test
  void anAgentsWordsSearchNothingAnew() {
    asks();
    Suggestions before = fixture.desk.assist().suggest("c");
    dismissedElsewhere();
    assertThat(says(SAYS)).isEqualTo(before);
    assertThat(fixture.desk.assist().suggest("c")).isNotEqualTo(before);
    assertThat(says(SAYS)).isEqualTo(fixture.desk.assist().suggest("c"));
  }

  @Test
  void aCustomersWordsDo() {
    asks();
    Suggestions before = fixture.desk.assist().suggest("c");
    dismissedElsewhere();
    assertThat(says(Message.customer("Hello?").at(at("PT2M")))).isNotEqualTo(before);
  }

  @Test
  void anArticleThatChangedIsSeenAfterAnAgentsWordsToo() {
    asks();
    fixture.desk.articles().remove("printer");
    assertThat(says(SAYS).suggestions()).isEmpty();
  }

  @Test
  void whatTheCustomerAskedSinceIsSearched() {
    asks();
    fixture.desk.assist().hear("c", Message.customer("How do I ask for a refund of my order?"));
    Suggestions now = fixture.desk.assist().suggest("c");
    assertThat(says(SAYS)).isEqualTo(now);
  }
}
