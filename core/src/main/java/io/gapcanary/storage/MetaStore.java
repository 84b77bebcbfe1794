package io.gapcanary.storage;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Single values of a desk. */
public final class MetaStore {
  private final Handle handle;

  MetaStore(Handle handle) {
    this.handle = handle;
  }

  /** The time of the latest event. */
  public Optional<Instant> findAsOf() {
    return handle
        .createQuery("SELECT value FROM meta WHERE name = 'asOf'")
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /** Notes the time of the latest event. */
  public void setAsOf(Instant asOf) {
    handle.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('asOf', ?)", asOf.toEpochMilli());
  }
}
