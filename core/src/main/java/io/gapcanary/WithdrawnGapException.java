package io.gapcanary;

/** The gap of that id was withdrawn: see {@link WithdrawnGap}. The caller's fault. */
public final class WithdrawnGapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient WithdrawnGap gap;

  /** Of a gap. */
  public WithdrawnGapException(WithdrawnGap gap) {
    super(
        "Gap "
            + gap.id()
            + " was withdrawn on "
            + gap.at()
            + ": it is a gap no more, and keeps its id should evidence raise it again");
    this.gap = gap;
  }

  /** The gap. */
  public WithdrawnGap gap() {
    return gap;
  }
}
