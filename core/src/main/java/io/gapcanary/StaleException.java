package io.gapcanary;

/** Somebody else changed it in the meantime: read it again, then decide. */
public final class StaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence with the id and both versions
   */
  public StaleException(String message) {
    super(message);
  }
}
