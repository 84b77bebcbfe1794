package io.gapcanary.service.analyze;

import io.gapcanary.exchange.CaseFormat;
import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.History;
import io.gapcanary.exchange.Line;
import io.gapcanary.exchange.PlacedLines;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.InputFile;
import io.gapcanary.service.command.LineReport;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cases of a file, as a history. A file that can be read at any place is read twice, from the
 * front and then each case when it opens, so that its cases need not fit into memory; of anything
 * else, a pipe for example, they are kept. Not thread-safe.
 */
final class CaseLines implements AutoCloseable {
  private final InputFile file;
  private final Predicate<String> knownArticle;
  private final @Nullable PlacedLines places;

  private CaseLines(InputFile file, Predicate<String> knownArticle, @Nullable PlacedLines places) {
    this.file = file;
    this.knownArticle = knownArticle;
    this.places = places;
  }

  /**
   * The cases of a file.
   *
   * @throws CommandFailure when it cannot be read
   */
  static CaseLines of(InputFile file, Predicate<String> knownArticle) {
    try {
      return new CaseLines(
          file,
          knownArticle,
          Files.isRegularFile(file.path()) ? PlacedLines.of(file.path()) : null);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static CommandFailure unreadable(InputFile file, IOException e) {
    return new CommandFailure(
        "The file "
            + file.path()
            + ", which "
            + file.option()
            + " names, cannot be read: "
            + e.getMessage(),
        e);
  }

  /** The history of all cases that can be used. */
  History history(LineReport report) {
    CaseFormat format = new CaseFormat(knownArticle);
    PlacedLines from = places;
    if (from == null) {
      List<CaseLine> kept = new ArrayList<>();
      file.read(format, report, (number, line) -> kept.add(line));
      return new History(kept);
    }
    History history = new History(number -> read(from, (int) number));
    file.read(format, report, history::add);
    return history;
  }

  private CaseLine read(PlacedLines from, int number) {
    Line<CaseLine> read;
    try {
      read = from.read(number, new CaseFormat(knownArticle));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (read instanceof Line.Accepted<CaseLine> accepted) {
      return accepted.value();
    }
    throw new CommandFailure(
        "The file "
            + file.path()
            + ", which "
            + file.option()
            + " names, changed while it was read: line "
            + number
            + " cannot be used any more");
  }

  @Override
  public void close() {
    try {
      if (places != null) {
        places.close();
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
