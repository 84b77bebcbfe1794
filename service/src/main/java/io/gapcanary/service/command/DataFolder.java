package io.gapcanary.service.command;

import io.gapcanary.storage.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds a desk: a given one, or a temporary one that is gone afterwards.
 *
 * @param path where it is
 * @param temporary whether it is deleted on close
 */
public record DataFolder(Path path, boolean temporary) implements AutoCloseable {

  /**
   * The given folder, made when it is not there; a temporary one when none is given.
   *
   * @throws CommandFailure when it cannot be made or is no folder
   */
  public static DataFolder of(@Nullable Path given) {
    try {
      if (given == null) {
        return new DataFolder(Files.createTempDirectory("gapcanary-"), true);
      }
      if (Files.exists(given) && !Files.isDirectory(given)) {
        throw new CommandFailure("The data folder " + given + " is a file and not a folder");
      }
      return new DataFolder(PrivateFiles.makeFolder(given), false);
    } catch (IOException e) {
      throw new CommandFailure(
          "The data folder "
              + (given == null ? "in the system's temporary folder" : given)
              + " cannot be made: "
              + Reason.of(e),
          e);
    }
  }

  /** Deletes a temporary folder; leaves a given one. */
  @Override
  public void close() {
    if (!temporary || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> everything = Files.walk(path)) {
      everything.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
