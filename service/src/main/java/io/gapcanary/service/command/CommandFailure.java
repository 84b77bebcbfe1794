package io.gapcanary.service.command;

import org.jspecify.annotations.Nullable;

/** A command cannot do what was asked; the message is one clear sentence for who asked. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence that says what is wrong, and where
   */
  public CommandFailure(String message) {
    super(message);
  }

  /**
   * @param message one sentence that says what is wrong, and where
   * @param cause what the system said
   */
  public CommandFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
