package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.Message;
import io.gapcanary.Outcome;
import io.gapcanary.Suggestions;
import io.gapcanary.kb.Article;
import io.gapcanary.kb.OnnxTextEmbedder;
import io.gapcanary.service.http.LiveDesk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs show is what happens: their Java is cut from here, their curl is run here. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @TempDir private Path folder;

  @Test
  void theJavaExampleDoesWhatItSays() {
    // README: begin
    try (Desk desk =
        Desk.open(
            folder,
            DeskSettings.DEFAULT,
            InstantSource.system(),
            OnnxTextEmbedder.bundled().orElse(null))) {
      desk.articles()
          .put(
              Article.builder("kb-1", "Reset your password", "Open Settings and press Reset.")
                  .build());

      String id = desk.assist().open(CaseOpening.anonymous());
      desk.assist().hear(id, Message.customer("I forgot my password and need to reset it"));
      Suggestions suggestions = desk.assist().suggest(id);
      Outcome outcome = desk.assist().close(id, Closing.now());
      GapPage gaps = desk.board().list(GapFilter.FIRST_PAGE);
      // README: end
      assertThat(suggestions.suggestions().get(0).articleId()).isEqualTo("kb-1");
      assertThat(outcome.outcome()).isEqualTo(Outcome.Kind.ANSWERED);
      assertThat(gaps.gaps()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void theJavaExampleIsCutFromATest(String readme) throws IOException {
    String source = Files.readString(Path.of("src/test/java/io/gapcanary/service/ReadmeTest.java"));
    String cut =
        source.substring(
            source.indexOf("// README: begin\n") + "// README: begin\n".length(),
            source.indexOf("      // README: end\n"));
    assertThat(blocks(readme, "java").get(0))
        .isEqualTo(cut.stripTrailing().stripIndent() + "\n}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void theCurlExamplesWork(String readme) throws Exception {
    try (LiveDesk live = LiveDesk.on(folder)) {
      for (String block : blocks(readme, "sh")) {
        if (block.contains("curl")) {
          String script =
              block
                  .replace("http://127.0.0.1:7070", live.address())
                  .replaceAll("(?m)^curl ", "curl -fsS ");
          assertThat(run(script)).as(block).isZero();
        }
      }
      assertThat(live.desk().totals().cases()).isEqualTo(1);
      assertThat(live.desk().articles().size()).isPositive();
    }
  }

  private int run(String script) throws Exception {
    try {
      Process process =
          new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      Assumptions.assumeFalse(code == 127, "There is no curl");
      assertThat(code).as(said).isZero();
      return code;
    } catch (IOException e) {
      return Assumptions.abort("There is no bash");
    }
  }

  private static List<String> blocks(String readme, String language) throws IOException {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(Files.readString(ROOT.resolve(readme)))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
