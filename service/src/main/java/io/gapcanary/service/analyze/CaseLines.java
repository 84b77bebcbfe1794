package io.gapcanary.service.analyze;

import io.gapcanary.exchange.CaseFormat;
import io.gapcanary.exchange.CaseLine;
import io.gapcanary.exchange.History;
import io.gapcanary.exchange.JsonLines;
import io.gapcanary.exchange.Line;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.InputFile;
import io.gapcanary.service.command.LineReport;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final @Nullable RandomAccessFile places;

  private CaseLines(
      InputFile file, Predicate<String> knownArticle, @Nullable RandomAccessFile places) {
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
          Files.isRegularFile(file.path())
              ? new RandomAccessFile(file.path().toFile(), "r")
              : null);
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
    RandomAccessFile from = places;
    if (from == null) {
      List<CaseLine> kept = new ArrayList<>();
      file.read(format, report, (number, line) -> kept.add(line));
      return new History(kept);
    }
    long[] starts = starts();
    History history = new History(number -> read(from, starts, (int) number));
    file.read(format, report, history::add);
    return history;
  }

  /** Where each line begins, and where the last one ends. */
  private long[] starts() {
    long[] starts = new long[1024];
    int lines = 1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file.path()), 1 << 16)) {
      long place = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        place++;
        if (b == '\n') {
          starts = lines + 1 < starts.length ? starts : Arrays.copyOf(starts, 2 * starts.length);
          starts[lines++] = place;
        }
      }
      starts[lines++] = place;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return Arrays.copyOf(starts, lines);
  }

  private CaseLine read(RandomAccessFile from, long[] starts, int number) {
    byte[] bytes = new byte[(int) (starts[number] - starts[number - 1])];
    List<Line<CaseLine>> read = new ArrayList<>();
    try {
      from.seek(starts[number - 1]);
      from.readFully(bytes);
      JsonLines.read(new ByteArrayInputStream(bytes), new CaseFormat(knownArticle), read::add);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (read.size() == 1 && read.getFirst() instanceof Line.Accepted<CaseLine> accepted) {
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
