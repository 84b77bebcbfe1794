package io.gapcanary.service.http;

/** A request that cannot be served, and why. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem.Kind kind;

  /**
   * @param detail one sentence that says what to do
   */
  public ProblemException(Problem.Kind kind, String detail) {
    super(detail);
    this.kind = kind;
  }

  /** What sort of problem it is. */
  public Problem.Kind kind() {
    return kind;
  }
}
