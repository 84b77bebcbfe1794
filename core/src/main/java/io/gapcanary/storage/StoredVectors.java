package io.gapcanary.storage;

import io.gapcanary.kb.VectorStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Embeddings in the record, so that rebuilding the index does not ask the model again.
 *
 * <p>Those of what stays (articles, and what is learned and remembered within {@link #keeping}) are
 * stored with the next write; those of passing questions are only cached.
 */
public final class StoredVectors implements VectorStore {
  private static final int CACHED = 8192;

  private record Key(String model, String hash) {}

  private final Database database;
  private final ThreadLocal<Boolean> keeping = ThreadLocal.withInitial(() -> false);
  private final ThreadLocal<Boolean> passing = ThreadLocal.withInitial(() -> false);
  private final Map<Key, float[]> unwritten = new LinkedHashMap<>();
  private final Map<Key, float[]> cache =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, float[]> eldest) {
              return size() > CACHED;
            }
          });

  StoredVectors(Database database) {
    this.database = database;
  }

  /** Runs work whose questions stay: their vectors are stored. */
  public void keeping(Runnable work) {
    keeping.set(true);
    try {
      work.run();
    } finally {
      keeping.remove();
    }
  }

  @Override
  public Optional<float[]> find(String model, String textHash) {
    Key key = new Key(model, textHash);
    float[] cached = cache.get(key);
    if (cached != null) {
      if (keeping.get()) {
        write(key, cached);
      }
      return Optional.of(cached);
    }
    Optional<float[]> stored = database.readHandle(handle -> find(handle, key));
    stored.ifPresent(vector -> cache.put(key, vector));
    return stored;
  }

  private static Optional<float[]> find(Handle handle, Key key) {
    return handle
        .createQuery("SELECT vector FROM embedding WHERE model = :model AND hash = :hash")
        .bind("model", key.model())
        .bind("hash", key.hash())
        .mapTo(byte[].class)
        .findOne()
        .map(StoredVectors::floats);
  }

  @Override
  public void put(String model, String textHash, float[] vector) {
    Key key = new Key(model, textHash);
    cache.put(key, vector);
    if (!passing.get() && (keeping.get() || !model.endsWith("/question"))) {
      write(key, vector);
    }
  }

  private void write(Key key, float[] vector) {
    synchronized (unwritten) {
      unwritten.put(key, vector);
    }
  }

  /** Runs work whose texts pass, articles' among them: nothing of it is stored. */
  public <T> T passing(Supplier<T> work) {
    passing.set(true);
    try {
      return work.get();
    } finally {
      passing.remove();
    }
  }

  /** Forgets the vectors that are in memory of texts; {@link ErasureStore} forgets those stored. */
  public void forget(Collection<String> hashes) {
    synchronized (unwritten) {
      unwritten.keySet().removeIf(key -> hashes.contains(key.hash()));
    }
    synchronized (cache) {
      cache.keySet().removeIf(key -> hashes.contains(key.hash()));
    }
  }

  /** Stores what came since the last time, as part of a write. */
  void flush(Handle handle) {
    List<Map.Entry<Key, float[]>> entries;
    synchronized (unwritten) {
      if (unwritten.isEmpty()) {
        return;
      }
      entries = new ArrayList<>(unwritten.entrySet());
      unwritten.clear();
    }
    for (Map.Entry<Key, float[]> entry : entries) {
      handle.execute(
          "INSERT OR IGNORE INTO embedding (model, hash, vector) VALUES (?, ?, ?)",
          entry.getKey().model(),
          entry.getKey().hash(),
          bytes(entry.getValue()));
    }
  }

  private static byte[] bytes(float[] vector) {
    ByteBuffer buffer =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(vector);
    return buffer.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
