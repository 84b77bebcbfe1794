package io.gapcanary.service.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Whether the desk takes requests yet, or still. Thread-safe. */
public final class Readiness {
  private final AtomicReference<Optional<String>> obstacle =
      new AtomicReference<>(Optional.of("Gapcanary is starting: ask again in a moment"));

  /** From now on requests are served. */
  public void ready() {
    obstacle.set(Optional.empty());
  }

  /** From now on they are turned away. */
  public void stopping() {
    obstacle.set(Optional.of("Gapcanary is stopping: ask again when it is back"));
  }

  /**
   * Goes on when all is ready.
   *
   * @throws ProblemException when it is not
   */
  void require() {
    obstacle
        .get()
        .ifPresent(
            why -> {
              throw new ProblemException(Problem.Kind.UNAVAILABLE, why);
            });
  }
}
