package io.gapcanary;

/** There is no case, article or gap of that id. The caller's fault. */
public final class NotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence with the id
   */
  public NotFoundException(String message) {
    super(message);
  }
}
