package io.gapcanary.service.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Temporary files are for their owner only; what a command leaves is as other files are. */
final class AsOthers {
  private AsOthers() {}

  static void mayRead(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    } catch (UnsupportedOperationException e) {
      // Not a POSIX file system: it has no such permissions to set.
    }
  }
}
