package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gapcanary.kb.Article;
import io.gapcanary.kb.OnnxTextEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A desk in somebody else's program. The Java of the documents is cut from here, between {@code cut
 * here: name} and {@code to here}, and runs without the optional libraries.
 */
class EmbeddedDeskTest {
  @TempDir private Path folder;

  @Test
  void theFirstExampleSuggestsAndClosesWithoutTheOptionalModel() {
    // cut here: first
    try (Desk desk =
        Desk.open(
            folder,
            DeskSettings.DEFAULT,
            InstantSource.system(),
            OnnxTextEmbedder.bundled().orElse(null))) {
      desk.articles()
          .putAll(
              List.of(
                  Article.builder("kb-1", "Reset your password", "Open Settings and press Reset.")
                      .build(),
                  Article.builder(
                          "kb-2", "Change your delivery address", "Open Orders, press Edit.")
                      .build()));

      String id = desk.assist().open(CaseOpening.anonymous());
      desk.assist().hear(id, Message.customer("How do I reset my password?"));
      Suggestions suggestions = desk.assist().suggest(id);
      Outcome outcome = desk.assist().close(id, Closing.now());
      GapPage gaps = desk.board().list(GapFilter.FIRST_PAGE);
      // to here
      assertThat(OnnxTextEmbedder.bundled()).isEmpty();
      assertThat(suggestions.suggestions().get(0).articleId()).isEqualTo("kb-1");
      assertThat(outcome.outcome()).isEqualTo(Outcome.Kind.ANSWERED);
      assertThat(gaps.gaps()).isEmpty();
    }
  }

  @Test
  void twoCustomersWithoutAnArticleAreAGapOfTheExample() {
    try (Desk desk =
        Desk.open(folder, DeskSettings.DEFAULT, InstantSource.system(), /* embedder= */ null)) {
      desk.articles()
          .put(
              Article.builder("kb-1", "Reset your password", "Open Settings and press Reset.")
                  .build());
      // cut here: gap
      for (String customer : List.of("cu-1", "cu-2")) {
        String id = desk.assist().open(CaseOpening.builder().customerId(customer).build());
        desk.assist().hear(id, Message.customer("How do I download an invoice with a tax number?"));
        desk.assist().close(id, Closing.now());
      }
      Gap worst = desk.board().list(GapFilter.FIRST_PAGE).gaps().get(0);
      // to here
      assertThat(worst.customers()).isEqualTo(2);
    }
  }

  // cut here: tend
  /** What a live desk wants done beside live work, every few seconds, on one thread. */
  static void tend(Desk desk) {
    desk.closeOverdue();
    int embedded;
    do {
      embedded = desk.embedSome();
    } while (embedded > 0);
    desk.calibrateWhenDue();
  }

  // to here

  @Test
  void aModelInAFolderSaysWhichLibraryItNeeds() throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "graph");
    Files.writeString(
        folder.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 1}}}");
    assertThatIllegalStateException()
        .isThrownBy(() -> OnnxTextEmbedder.folder(folder))
        .withMessageContaining("dev.langchain4j:langchain4j-embeddings");
  }

  @Test
  void tendingClosesWhatWasLeftOpen() {
    try (DeskFixture fixture = new DeskFixture(folder)) {
      String id = fixture.desk.assist().open(CaseOpening.anonymous());
      fixture.desk.assist().hear(id, Message.customer("The invoice lacks a tax number"));
      fixture.clock = fixture.clock.plus(Duration.ofHours(25));
      tend(fixture.desk);
      assertThat(fixture.desk.openCases()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ko.md", "docs/embedding.md", "docs/embedding.ko.md"})
  void theJavaOfTheDocumentsIsCutFromHere(String document) throws IOException {
    List<String> blocks = blocks(Files.readString(Path.of("..", document)));
    assertThat(blocks).isNotEmpty();
    assertThat(cuts()).containsAll(blocks);
  }

  private static List<String> blocks(String document) {
    return Pattern.compile("(?ms)^```java\n(.*?)^```$")
        .matcher(document)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** A cut that opens a block without ending it ends in the document. */
  private static List<String> cuts() throws IOException {
    String source = Files.readString(Path.of("src/test/java/io/gapcanary/EmbeddedDeskTest.java"));
    return Pattern.compile("(?ms)^ *// cut here: \\w+\n(.*?)^ *// to here$")
        .matcher(source)
        .results()
        .map((MatchResult found) -> found.group(1).stripTrailing().stripIndent())
        .map(cut -> cut.startsWith("try (") ? cut + "\n}\n" : cut + "\n")
        .toList();
  }
}
