package io.gapcanary.service.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that a command writes whole or not at all: beside its place first, then moved there.
 *
 * <p>Something that is no ordinary file, such as {@code /dev/stdout}, is written as it is.
 */
public final class OutputFile implements AutoCloseable {
  private final String option;
  private final Path target;
  private final Path written;

  private OutputFile(String option, Path target, Path written) {
    this.option = option;
    this.target = target;
    this.written = written;
  }

  /** Writes something out. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(Writer out) throws IOException;
  }

  /**
   * Takes the place, before anything long begins.
   *
   * @throws CommandFailure when nothing can be written there
   */
  public static OutputFile at(String option, Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new CommandFailure(path + ", which " + option + " names, is a folder and not a file");
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        return new OutputFile(option, path, path);
      }
      return beside(option, Files.exists(path) ? path.toRealPath() : path.toAbsolutePath());
    } catch (IOException e) {
      throw new CommandFailure(cannot(option, path, e), e);
    }
  }

  private static OutputFile beside(String option, Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandFailure(
          "There is no folder " + folder + " for the file that " + option + " names");
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new CommandFailure(
          "The file "
              + target
              + ", which "
              + option
              + " names, cannot be written: permission denied");
    }
    Path beside = Files.createTempFile(folder, "." + target.getFileName() + ".", ".part");
    return new OutputFile(option, target, beside);
  }

  /**
   * Writes the file; it is in its place when this returns.
   *
   * @throws CommandFailure when it cannot be written; what was there before stays
   */
  public void write(Content content) {
    try {
      try (BufferedWriter out = Files.newBufferedWriter(written)) {
        content.writeTo(out);
      }
      if (!written.equals(target)) {
        moveIntoPlace();
      }
    } catch (IOException e) {
      throw new CommandFailure(cannot(option, target, e), e);
    }
  }

  private void moveIntoPlace() throws IOException {
    AsOthers.mayRead(written);
    try {
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String cannot(String option, Path path, IOException e) {
    return "The file " + path + ", which " + option + " names, cannot be written: " + Reason.of(e);
  }

  /** Leaves nothing behind when the file was not written. */
  @Override
  public void close() {
    if (!written.equals(target)) {
      try {
        Files.deleteIfExists(written);
      } catch (IOException e) {
        written.toFile().deleteOnExit();
      }
    }
  }
}
