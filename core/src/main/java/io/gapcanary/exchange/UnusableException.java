package io.gapcanary.exchange;

import org.jspecify.annotations.Nullable;

/** Thrown for what cannot be used as it stands, with the flaw that it has. */
public final class UnusableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Flaw flaw;

  /** The message is the flaw's sentence. */
  public UnusableException(Flaw flaw) {
    this(flaw, null);
  }

  /**
   * @param cause what showed it
   */
  public UnusableException(Flaw flaw, @Nullable Throwable cause) {
    super(flaw.sentence(), cause);
    this.flaw = flaw;
  }

  /** What is wrong. */
  public Flaw flaw() {
    return flaw;
  }
}
