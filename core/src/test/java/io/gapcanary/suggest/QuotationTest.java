package io.gapcanary.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.Article;
import org.junit.jupiter.api.Test;

class QuotationTest {
  private static final String KCS =
      """
      ## Issue
      The printer prints blank pages.

      ## Resolution
      1. Open **Settings**, then [Heads](https://internal.example/heads).
      2. Press `Clean`.

      ## Cause
      Dried ink.
      """;

  private static Article.Builder printer(String body) {
    return Article.builder("printer", "Blank pages", body).language("en");
  }

  @Test
  void theResolutionOfAnArticleIsQuotedWithItsAddressAndWithoutMarks() {
    assertThat(Quotation.of(printer(KCS).url("https://help.example.com/printer").build(), "near"))
        .contains(
            "1. Open Settings, then Heads.\n2. Press Clean.\n\nhttps://help.example.com/printer");
    String korean = "## 증상\n빈 종이가 나옵니다.\n## 해결 방법\n헤드를 청소합니다.\n";
    assertThat(Quotation.of(printer(korean).build(), "빈 종이")).contains("헤드를 청소합니다.");
  }

  @Test
  void anArticleWithoutSuchAPartIsQuotedByThePassageNearestToTheQuestion() {
    assertThat(Quotation.of(printer("Clean the heads. ".repeat(90)).build(), "Clean the heads."))
        .contains("Clean the heads.");
    assertThat(Quotation.of(printer("## Resolution\n\n## Cause\nInk").build(), "Ink"))
        .contains("Ink");
  }

  @Test
  void ofAnInternalArticleNothingMayBeQuoted() {
    Article internal =
        printer(KCS)
            .url("https://wiki.example.com/printer")
            .audience(Article.Audience.INTERNAL)
            .build();
    assertThat(Quotation.of(internal, "near")).isEmpty();
  }

  @Test
  void aLongResolutionEndsWithAWholeLineAndItsAddress() {
    String steps = "## Resolution\n" + "Turn the knob to the left once more.\n".repeat(40);
    String quoted =
        Quotation.of(printer(steps).url("https://help.example.com/p").build(), "").orElseThrow();
    assertThat(quoted).hasSizeLessThan(800).endsWith("\n…\n\nhttps://help.example.com/p");
    assertThat(quoted.lines().filter(line -> line.startsWith("Turn")))
        .allMatch(line -> line.equals("Turn the knob to the left once more."));
  }

  @Test
  void anArticleThatSaysNothingIsQuotedByItsAddressAlone() {
    assertThat(Quotation.of(printer("").url("https://help.example.com/p").build(), ""))
        .contains("https://help.example.com/p");
    assertThat(Quotation.of(printer("").build(), "")).isEmpty();
  }
}
