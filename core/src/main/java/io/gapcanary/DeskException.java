package io.gapcanary;

import org.jspecify.annotations.Nullable;

/** The desk's folder cannot be used. The operator's to mend; the message is one clear sentence. */
public final class DeskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence with the folder
   * @param cause what the system said
   */
  public DeskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
