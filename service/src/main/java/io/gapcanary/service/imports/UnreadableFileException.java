package io.gapcanary.service.imports;

import io.gapcanary.exchange.Flaw;
import org.jspecify.annotations.Nullable;

/** Thrown for a file that cannot be used as a whole. */
final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Flaw flaw;

  UnreadableFileException(Flaw flaw) {
    this(flaw, null);
  }

  UnreadableFileException(Flaw flaw, @Nullable Throwable cause) {
    super(flaw.sentence(), cause);
    this.flaw = flaw;
  }

  /** What is wrong with it. */
  Flaw flaw() {
    return flaw;
  }
}
