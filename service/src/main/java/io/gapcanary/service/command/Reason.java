package io.gapcanary.service.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the system meant, in words: some of its exceptions say the path only. */
final class Reason {
  private Reason() {}

  static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    return e instanceof FileSystemException failed && failed.getReason() != null
        ? failed.getReason()
        : String.valueOf(e.getMessage());
  }
}
