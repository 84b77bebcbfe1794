package io.gapcanary.service.command;

import io.gapcanary.exchange.JsonLines;
import io.gapcanary.exchange.Line;
import io.gapcanary.exchange.LineFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * A file that a command reads, known to be there and readable.
 *
 * @param option the option that named it
 * @param path where it is
 */
public record InputFile(String option, Path path) {
  /**
   * Checks before anything long begins.
   *
   * @throws CommandFailure when it is missing, a folder or not readable
   */
  public InputFile {
    if (!Files.exists(path)) {
      throw new CommandFailure("There is no file " + path + ", which " + option + " names");
    }
    if (Files.isDirectory(path)) {
      throw new CommandFailure(path + ", which " + option + " names, is a folder and not a file");
    }
    if (!Files.isReadable(path)) {
      throw new CommandFailure(
          "The file " + path + ", which " + option + " names, cannot be read: permission denied");
    }
  }

  /**
   * Reads its lines, handing over each that can be used with its number; the others are noted.
   *
   * @throws CommandFailure when the file itself cannot be read
   */
  public <T> void read(LineFormat<T> format, LineReport report, BiConsumer<Integer, T> reader) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      JsonLines.read(in, format, line -> take(line, report, reader));
    } catch (IOException e) {
      throw new CommandFailure(
          "The file " + path + ", which " + option + " names, cannot be read: " + e.getMessage(),
          e);
    }
  }

  private <T> void take(Line<T> line, LineReport report, BiConsumer<Integer, T> reader) {
    switch (line) {
      case Line.Accepted<T> accepted -> {
        accepted.warnings().forEach(warning -> report.warned(path, line.number(), warning));
        report.used();
        reader.accept(line.number(), accepted.value());
      }
      case Line.Rejected<T> rejected -> report.rejected(path, line.number(), rejected.flaw());
    }
  }
}
