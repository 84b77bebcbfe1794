package io.gapcanary.service.imports;

/** Thrown for a file that cannot be used as a whole, with the reason in one sentence. */
final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableFileException(String reason) {
    super(reason);
  }

  UnreadableFileException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
