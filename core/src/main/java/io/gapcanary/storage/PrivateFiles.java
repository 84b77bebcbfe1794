package io.gapcanary.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files and folders that their owner only may read and write, where the file system can tell. What
 * is there already keeps the permissions that it has.
 */
public final class PrivateFiles {
  private PrivateFiles() {}

  /**
   * Makes an empty file.
   *
   * @throws IOException when it cannot be made, or is there
   */
  public static Path makeFile(Path file) throws IOException {
    return tells(file)
        ? Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createFile(file);
  }

  /**
   * Makes a folder, and with the usual permissions those above it, when there is none.
   *
   * @throws IOException when it cannot be made, or is a file
   */
  public static Path makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path above = folder.toAbsolutePath().getParent();
    if (above != null) {
      Files.createDirectories(above);
    }
    try {
      return tells(folder)
          ? Files.createDirectory(
              folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
          : Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(folder)) {
        return folder; // somebody else has made it meanwhile
      }
      throw e;
    }
  }

  private static boolean tells(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
