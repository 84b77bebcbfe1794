package io.gapcanary.exchange;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a file that may be read again in any order, so that they need not fit into memory.
 * Not thread-safe.
 */
public final class PlacedLines implements AutoCloseable {
  private final RandomAccessFile file;
  private final long[] starts;

  private PlacedLines(RandomAccessFile file, long[] starts) {
    this.file = file;
    this.starts = starts;
  }

  /**
   * Finds where the lines of a file are.
   *
   * @throws IOException when it cannot be read
   */
  public static PlacedLines of(Path path) throws IOException {
    return new PlacedLines(new RandomAccessFile(path.toFile(), "r"), starts(path));
  }

  /** Where each line begins, and where the last one ends. */
  private static long[] starts(Path path) throws IOException {
    long[] starts = new long[1024];
    int lines = 1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      long place = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        place++;
        if (b == '\n') {
          starts = lines + 1 < starts.length ? starts : Arrays.copyOf(starts, 2 * starts.length);
          starts[lines++] = place;
        }
      }
      starts[lines++] = place;
    }
    return Arrays.copyOf(starts, lines);
  }

  /**
   * Reads a line.
   *
   * @param number of the line, from 1
   * @throws IOException when the file cannot be read, or has become shorter
   */
  public <T> Line<T> read(int number, LineFormat<T> format) throws IOException {
    byte[] bytes = new byte[(int) (starts[number] - starts[number - 1])];
    file.seek(starts[number - 1]);
    file.readFully(bytes);
    List<Line<T>> read = new ArrayList<>();
    JsonLines.read(new ByteArrayInputStream(bytes), format, read::add);
    return read.isEmpty()
        ? new Line.Rejected<>(number, Flaw.ofLine(Flaw.Reason.LINE_BLANK))
        : read.getFirst();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
