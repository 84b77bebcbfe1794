package io.gapcanary.storage;

import io.gapcanary.DeskException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file, written by one thread at a time and read by any number.
 *
 * <p>Durable, a write is safe on disk when it returns; several that come at once may share a
 * transaction, see {@link #writeInGroup}. Relaxed, many writes share one transaction and everything
 * is safe on disk only after {@link #close}. Either way a write that fails leaves nothing behind.
 */
public final class Database implements AutoCloseable {
  private static final int WRITES_A_TRANSACTION = 1000;

  private final Jdbi jdbi;
  private final boolean relaxed;
  private final ReentrantLock writing = new ReentrantLock();
  private final Handle writer;
  private final Queue<Handle> readers = new ConcurrentLinkedQueue<>();
  private final StoredVectors vectors = new StoredVectors(this);
  private int writes;
  private @Nullable Group group;

  private Database(Jdbi jdbi, boolean relaxed) {
    this.jdbi = jdbi;
    this.relaxed = relaxed;
    this.writer = jdbi.open();
  }

  /**
   * Opens a file and brings it to the present form.
   *
   * @throws NewerVersionException when a newer version has written it
   * @throws RuntimeException when it cannot be read or written, or is no database
   */
  public static Database open(Path file, boolean relaxed) {
    SQLiteDataSource source = new SQLiteDataSource(config(relaxed));
    source.setUrl("jdbc:sqlite:" + file);
    migrate(source, file);
    Jdbi jdbi = StorageFailure.discreet(Jdbi.create(source));
    jdbi.setStatementBuilderFactory(connection -> new KeptStatements());
    return new Database(jdbi, relaxed);
  }

  private static SQLiteConfig config(boolean relaxed) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(
        relaxed ? SQLiteConfig.SynchronousMode.OFF : SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    config.enforceForeignKeys(true);
    config.setCacheSize(-64_000);
    config.setGetGeneratedKeys(false); // they would be asked for after every insertion
    return config;
  }

  private static void migrate(SQLiteDataSource source, Path file) {
    Flyway flyway = flyway(source);
    if (isNewer(flyway)) {
      throw new NewerVersionException(file.getFileName() + " was written by a newer version");
    }
    flyway.migrate();
  }

  private static Flyway flyway(SQLiteDataSource source) {
    FluentConfiguration configuration =
        Flyway.configure(Database.class.getClassLoader())
            .dataSource(source)
            .locations("classpath:io/gapcanary/storage/migration");
    return configuration.load();
  }

  private static boolean isNewer(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .map(MigrationInfo::getState)
        .anyMatch(state -> state.name().startsWith("FUTURE"));
  }

  /** True when a newer version has written a file. */
  static boolean isNewer(SQLiteDataSource source) {
    return isNewer(flyway(source));
  }

  /** Thrown for a file of a newer version. */
  public static final class NewerVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NewerVersionException(String message) {
      super(message);
    }
  }

  /** Embeddings that outlive the index. */
  public StoredVectors vectors() {
    return vectors;
  }

  /**
   * Runs work that writes; all of it is kept, or when it throws none.
   *
   * @throws DeskException when the disk is full or another program does not let go of the file
   */
  public <T> T write(Function<Session, T> work) {
    return writeHandle(
        handle -> {
          vectors.flush(handle);
          return work.apply(new Session(handle));
        });
  }

  <T> T writeHandle(Function<Handle, T> work) {
    writing.lock();
    try {
      if (relaxed) {
        return writeRelaxed(work);
      }
      if (group == null) {
        return writer.inTransaction(
            handle -> {
              takeTurn(handle);
              return work.apply(handle);
            });
      }
      T result = writeWithin(work);
      commitGroup();
      return result;
    } catch (RuntimeException e) {
      throw StorageFailure.told(e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Waits for another program that writes into the file. SQLite does so for whoever begins by
   * writing, and refuses at once who has read in the transaction before.
   */
  private static void takeTurn(Handle handle) {
    handle.execute("UPDATE meta SET value = value WHERE name IS NULL");
  }

  private <T> T writeRelaxed(Function<Handle, T> work) {
    T result = writeWithin(work);
    if (++writes % WRITES_A_TRANSACTION == 0) {
      writer.commit();
    }
    return result;
  }

  private <T> T writeWithin(Function<Handle, T> work) {
    if (!writer.isInTransaction()) {
      begin();
    }
    writer.savepoint("event");
    try {
      T result = work.apply(writer);
      writer.releaseSavepoint("event");
      return result;
    } catch (RuntimeException e) {
      undo(e);
      throw e;
    }
  }

  private void begin() {
    writer.begin();
    try {
      takeTurn(writer);
    } catch (RuntimeException e) {
      rollback(e);
      throw e;
    }
  }

  /**
   * Undoes a write within a transaction. After some failures, as of a full disk, SQLite has undone
   * all of that by itself: then nothing of the group was kept.
   */
  private void undo(RuntimeException failure) {
    try {
      writer.rollbackToSavepoint("event");
    } catch (RuntimeException gone) {
      failure.addSuppressed(gone);
      Group its = group;
      group = null;
      rollback(failure);
      if (its != null) {
        its.safe.completeExceptionally(StorageFailure.told(failure));
      }
    }
  }

  private void rollback(RuntimeException failure) {
    try {
      if (writer.isInTransaction()) {
        writer.rollback();
      }
    } catch (RuntimeException gone) { // SQLite has done it
      failure.addSuppressed(gone);
    }
  }

  /** Writes that become safe on disk together. Thread-safe. */
  public static final class Group {
    private final CompletableFuture<@Nullable Void> safe = new CompletableFuture<>();
    private int size;

    private Group() {}

    /**
     * Waits until they are safe; for as long as nobody calls {@link Database#commitGroup} or writes
     * outside of a group.
     *
     * @throws RuntimeException when they could not be kept
     */
    public void await() {
      try {
        safe.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }

    /** How many there are. */
    public int size() {
      return size;
    }
  }

  /**
   * What a write returned, and whom it waits with.
   *
   * @param group {@code null} when there is nothing to wait for
   */
  public record Grouped<T extends @Nullable Object>(T result, @Nullable Group group) {}

  /**
   * Runs work that writes, and leaves its transaction open for the writes that come next: whoever
   * uses this must see to it that {@link #commitGroup} is called soon, and await the group before
   * they tell anybody. Until then only writes and {@link #readOwn} see what was written.
   */
  public <T> Grouped<T> writeInGroup(Function<Session, T> work) {
    if (relaxed) {
      return new Grouped<>(write(work), null);
    }
    writing.lock();
    try {
      T result =
          writeWithin(
              handle -> {
                vectors.flush(handle);
                return work.apply(new Session(handle));
              });
      Group its = group == null ? new Group() : group;
      its.size++;
      group = its;
      return new Grouped<>(result, its);
    } catch (RuntimeException e) {
      if (group == null) {
        rollback(e); // the first of a group failed
      }
      throw StorageFailure.told(e);
    } finally {
      writing.unlock();
    }
  }

  /** Makes the open group safe on disk, when there is one. */
  public void commitGroup() {
    writing.lock();
    try {
      Group its = group;
      if (its == null) {
        return;
      }
      group = null;
      try {
        writer.commit();
        its.safe.complete(null);
      } catch (RuntimeException e) {
        rollback(e);
        RuntimeException told = StorageFailure.told(e);
        its.safe.completeExceptionally(told);
        throw told;
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Runs work that writes what another file of the same form holds; all of it is kept, and safe on
   * disk, or when it throws none.
   *
   * @param other a file that nobody has open
   */
  public <T> T write(Path other, Function<Adoption, T> work) {
    writing.lock();
    try {
      commitGroup();
      if (writer.isInTransaction()) {
        writer.commit(); // relaxed: no file is let go within a transaction
      }
      writer.execute("ATTACH ? AS again", other.toString());
      try {
        return writer.inTransaction(handle -> work.apply(new Adoption(handle)));
      } finally {
        writer.execute("DETACH again");
      }
    } finally {
      writing.unlock();
    }
  }

  /** Runs work that only reads, and sees what an open group has written. */
  public <T> T readOwn(Function<Session, T> work) {
    writing.lock();
    try {
      return group == null ? read(work) : work.apply(new Session(writer));
    } finally {
      writing.unlock();
    }
  }

  /** Runs work that only reads, beside any writing. */
  public <T> T read(Function<Session, T> work) {
    return readHandle(handle -> work.apply(new Session(handle)));
  }

  /** Within a write, and relaxed always, the writer reads, so that it sees what it wrote. */
  <T> T readHandle(Function<Handle, T> work) {
    if (relaxed || writing.isHeldByCurrentThread()) {
      writing.lock();
      try {
        return work.apply(writer);
      } finally {
        writing.unlock();
      }
    }
    Handle reader = readers.poll();
    try {
      if (reader == null) {
        reader = jdbi.open();
      }
      return reader.inTransaction(work::apply);
    } catch (RuntimeException e) {
      throw StorageFailure.told(e);
    } finally {
      if (reader != null) {
        readers.add(reader);
      }
    }
  }

  /**
   * Leaves nothing in the file, or beside it, of what was deleted: both are written anew. Nobody
   * else writes meanwhile; it takes as long as copying the file twice, and as much room.
   *
   * @return false when a reader that is still at work keeps a copy of what was
   */
  public boolean scrub() {
    writing.lock();
    try {
      commitGroup();
      if (writer.isInTransaction()) {
        writer.commit();
      }
      writer.execute("VACUUM");
      return writer
          .createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
          .map((row, context) -> row.getInt(1) == 0)
          .one();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      commitGroup();
      write(session -> session);
      if (writer.isInTransaction()) {
        writer.commit();
      }
      for (Handle reader = readers.poll(); reader != null; reader = readers.poll()) {
        reader.close();
      }
      writer.close();
    } finally {
      writing.unlock();
    }
  }
}
