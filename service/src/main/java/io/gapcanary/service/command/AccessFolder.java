package io.gapcanary.service.command;

import io.gapcanary.service.access.Access;
import io.gapcanary.service.access.AccessSettings;
import io.gapcanary.storage.AccessStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The access of the desk in a folder, for commands. */
public final class AccessFolder {
  private AccessFolder() {}

  /** True when there may be some: without making anything. */
  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve(AccessStore.FILE));
  }

  /**
   * Opens it; beside a running service too.
   *
   * @throws CommandFailure when it cannot be read or written
   */
  public static Access open(Path folder, AccessSettings settings, InstantSource clock) {
    try {
      return Access.open(folder, settings, clock);
    } catch (RuntimeException e) {
      throw new CommandFailure(
          "The file access.db in "
              + folder
              + " cannot be used: it is damaged, cannot be written, or a"
              + " newer version wrote it",
          e);
    }
  }
}
