package io.gapcanary;

/** The same id came again with other content. The caller's fault. */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence with the id
   */
  public ConflictException(String message) {
    super(message);
  }
}
