package io.gapcanary.kb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassagesTest {
  @Test
  void marksAreNotPartOfAPassage() {
    assertThat(Passages.plain("## **Reset** the [router](https://x.example/r \"t\") `now`"))
        .isEqualTo("Reset the router now");
    assertThat(Passages.plain("1. Press <kbd>OK</kbd>")).isEqualTo("Press OK");
  }

  @Test
  void aShortBodyIsOnePassage() {
    assertThat(Passages.of("One.\n\nTwo.")).containsExactly("One.\nTwo.");
    assertThat(Passages.of("  \n ")).isEmpty();
  }

  @Test
  void noPassageIsLongAndNothingIsLost() {
    String body = "word ".repeat(2_000) + "\n" + "x".repeat(2_500);
    assertThat(Passages.of(body)).allMatch(p -> p.length() <= Passages.MOST);
    assertThat(String.join("", Passages.of(body)).replaceAll("\\s", ""))
        .isEqualTo(body.replaceAll("\\s", ""));
  }

  @Test
  void anEndlessBodyHasSoManyPassagesAtMost() {
    assertThat(Passages.of("A line of text that says something.\n\n".repeat(10_000)))
        .hasSize(Passages.MOST_PASSAGES);
  }
}
