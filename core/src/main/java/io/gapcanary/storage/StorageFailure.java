package io.gapcanary.storage;

import io.gapcanary.DeskException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * What failures of SQLite tell: those of the disk, which whoever runs the desk must mend, what to
 * do; and none of them what was to be kept.
 */
final class StorageFailure {
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int IO = 10;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;

  private StorageFailure() {}

  /** Leaves what was to be kept out of failures, for they end up in logs. */
  static Jdbi discreet(Jdbi jdbi) {
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi;
  }

  /** The failure as a {@link DeskException} that says what to do, or as it is. */
  static RuntimeException told(RuntimeException failure) {
    if (failure instanceof DeskException) {
      return failure;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException ofSqlite) {
        String said = said(ofSqlite.getResultCode().code & 0xff);
        return said == null ? failure : new DeskException(said, failure);
      }
    }
    return failure;
  }

  /**
   * The codes are SQLite's primary ones; an extended one has its primary one in the lowest byte.
   */
  private static @Nullable String said(int code) {
    return switch (code) {
      case BUSY, LOCKED ->
          "Another program holds the desk's database, and nothing can be kept until it lets go: try again in a moment";
      case FULL ->
          "The disk that holds the desk is full, and nothing can be kept until there is room: try again then";
      case READ_ONLY ->
          "The desk's database can only be read: let its files and their folder be written, and try again";
      case IO, CANNOT_OPEN ->
          "The disk that holds the desk cannot be read or written: see to it, and try again";
      default -> null;
    };
  }
}
