package io.gapcanary;

import io.gapcanary.storage.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The folder that a desk lives in, held by this process until it is let go. */
final class DeskFolder implements AutoCloseable {
  private static final int KEY_BYTES = 32;

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private DeskFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the folder when there is none, and holds it.
   *
   * @throws DeskException when it cannot be written or another process holds it
   */
  static DeskFolder hold(Path folder) {
    FileChannel channel = null;
    try {
      PrivateFiles.makeFolder(folder);
      channel =
          FileChannel.open(
              folder.resolve("desk.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw held(folder, null);
      }
      return new DeskFolder(folder, channel, lock);
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
      throw held(folder, e);
    } catch (DeskException e) {
      closeQuietly(channel);
      throw e;
    } catch (IOException e) {
      closeQuietly(channel);
      throw new DeskException("The data folder " + folder + " cannot be written: " + reason(e), e);
    }
  }

  private static DeskException held(Path folder, @Nullable Throwable cause) {
    return new DeskException(
        "The data folder " + folder + " is held by another desk that is still open", cause);
  }

  static String reason(IOException e) {
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return switch (e) {
      case AccessDeniedException denied -> "access denied";
      case FileAlreadyExistsException file -> "it is a file";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The reason why the folder cannot be held says more.
      }
    }
  }

  Path database() {
    return folder.resolve("desk.db");
  }

  Path index() {
    return folder.resolve("index");
  }

  /** Where past cases are judged again, for as long as that takes. */
  Path recalculation() {
    return folder.resolve("recalculation");
  }

  /** Deletes the index, which is derived. */
  void deleteIndex() {
    delete(index());
  }

  /** Deletes a folder within this one, if it is there. */
  void delete(Path within) {
    if (!Files.exists(within)) {
      return;
    }
    try (var files = Files.walk(within)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new DeskException("The folder " + within + " cannot be deleted: " + reason(e), e);
    }
  }

  /**
   * The key of the identity hashes; made of chance at first and readable by its owner only.
   *
   * @throws DeskException when it cannot be read or written
   */
  byte[] identityKey() {
    Path file = folder.resolve("identity.key");
    try {
      if (!Files.exists(file)) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        PrivateFiles.makeFile(file);
        Files.writeString(file, HexFormat.of().formatHex(key) + "\n");
        return key;
      }
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length != KEY_BYTES) {
        throw new DeskException(
            "The identity key " + file + " is damaged: it has another length", null);
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new DeskException("The identity key " + file + " is damaged: it is not hexadecimal", e);
    } catch (IOException e) {
      throw new DeskException("The identity key " + file + " cannot be used: " + reason(e), e);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new DeskException("The data folder " + folder + " cannot be let go: " + reason(e), e);
    }
  }
}
