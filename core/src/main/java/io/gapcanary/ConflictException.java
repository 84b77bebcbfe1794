package io.gapcanary;

/**
 * What is asked for does not go with what is there: the same id with other content, a step that a
 * gap's life does not have. The caller's fault.
 */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence with the id
   */
  public ConflictException(String message) {
    super(message);
  }
}
