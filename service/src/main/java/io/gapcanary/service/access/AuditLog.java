package io.gapcanary.service.access;

import io.gapcanary.storage.AccessStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people decided and administered, and who signed in. Thread-safe. */
public final class AuditLog {
  private final AccessStore store;
  private final Duration kept;
  private final InstantSource clock;
  private volatile Instant forgotAt = Instant.EPOCH;

  AuditLog(AccessStore store, Duration kept, InstantSource clock) {
    this.store = store;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Notes something.
   *
   * @param who did it
   * @param what it was: a route, or a command
   * @param subject what it was done to, an id
   * @param status how it went, as HTTP says it
   * @param request the request's id
   */
  public void note(
      String who, String what, @Nullable String subject, int status, @Nullable String request) {
    Instant now = clock.instant();
    if (forgotAt.plus(Duration.ofDays(1)).isBefore(now)) {
      forgotAt = now;
      store.forgetDeeds(now.minus(kept));
    }
    store.note(new AccessStore.Deed(0, now, who, what, subject, status, request));
  }

  /** The latest entries, the latest first. */
  public List<AccessStore.Deed> list(int limit) {
    return store.listDeeds(Long.MAX_VALUE, limit);
  }

  /** Those before one, the latest first. */
  public List<AccessStore.Deed> listBefore(long id, int limit) {
    return store.listDeeds(id, limit);
  }
}
