package io.gapcanary.kb;

/** The meaning model cannot be asked: words go on serving. */
public final class EmbeddingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence that says what is wrong
   */
  public EmbeddingException(String message) {
    super(message);
  }

  /**
   * @param message one sentence that says what is wrong
   */
  public EmbeddingException(String message, Throwable cause) {
    super(message, cause);
  }
}
