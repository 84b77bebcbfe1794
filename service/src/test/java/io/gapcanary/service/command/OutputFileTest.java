package io.gapcanary.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsWrittenWholeOrNotAtAll() throws IOException {
    Path target = folder.resolve("gaps.json");
    Files.writeString(target, "before");

    try (OutputFile file = OutputFile.at("--out", target)) {
      assertThatThrownBy(
              () ->
                  file.write(
                      out -> {
                        out.write("half");
                        throw new IOException("disk full");
                      }))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("gaps.json")
          .hasMessageContaining("disk full");
    }

    assertThat(target).hasContent("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void aLinkStaysALinkToTheFileWritten() throws IOException {
    Path real = Files.writeString(folder.resolve("real.json"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), real);

    try (OutputFile file = OutputFile.at("--out", link)) {
      file.write(out -> out.write("after"));
    }

    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("after");
  }

  @Test
  void whatIsNoOrdinaryFileIsWrittenAsItIs() {
    try (OutputFile file = OutputFile.at("--out", Path.of("/dev/null"))) {
      file.write(out -> out.write("gone"));
    }
    assertThat(Path.of("/dev/null")).exists();
  }
}
