package io.gapcanary;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.storage.AccessStore;
import io.gapcanary.storage.DatabaseCopy;
import io.gapcanary.storage.DatabaseCopy.Table;
import io.gapcanary.storage.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Backups of a desk, each one file: the record, who may use it, and the key of the identity hashes.
 * The index is derived and left out; a restored desk builds its own when it is first opened.
 *
 * <p>A desk may be open and in use, in this process or another, while it is backed up: the record
 * is copied as it stands at one moment. A desk of {@link DeskSettings.Durability#RELAXED} has
 * written only a part of it by then.
 *
 * <p>A backup holds the identity key and hashes of passwords: it is made readable by its owner
 * only, and should be kept as safe as the desk.
 */
public final class DeskBackup {
  private static final int FORMAT = 1;
  private static final String CONTENTS = "backup.json";
  private static final String RECORD = "desk.db";
  private static final List<String> PARTS = List.of(RECORD, AccessStore.FILE, "identity.key");

  private DeskBackup() {}

  /**
   * What a backup holds.
   *
   * @param format the form of the file, 1
   * @param at when it was made
   * @param articles how many articles, archived ones included
   * @param cases how many cases, open and closed
   * @param messages how many messages
   * @param gaps how many gaps, whatever their state
   * @param sha256 the digest of each part, by its name
   */
  public record Contents(
      int format,
      Instant at,
      long articles,
      long cases,
      long messages,
      long gaps,
      Map<String, String> sha256) {
    /** Takes a copy. */
    public Contents {
      sha256 = new TreeMap<>(sha256);
    }
  }

  /**
   * Backs up the desk in a folder, and reads the backup again to be sure of it. What was at the
   * place of the file is replaced when the new one is whole, and not before.
   *
   * @return what it holds
   * @throws DeskException when there is no desk in the folder, when its record is damaged, or when
   *     the file cannot be written
   */
  public static Contents write(Path folder, Path file, InstantSource clock) {
    if (!Files.isRegularFile(folder.resolve(RECORD))) {
      throw new DeskException("There is no desk in the folder " + folder, null);
    }
    Path target = file.toAbsolutePath();
    return within(
        Objects.requireNonNull(target.getParent()),
        "The backup " + file + " cannot be written",
        work -> {
          List<String> parts = copy(folder, work);
          Contents contents = contents(work, parts, clock.instant());
          Path zip = work.resolve("zip");
          zip(work, parts, contents, zip);
          check(zip, contents);
          Files.move(zip, target, StandardCopyOption.REPLACE_EXISTING);
          return contents;
        });
  }

  private static List<String> copy(Path folder, Path work) throws IOException {
    List<String> parts = new ArrayList<>();
    for (String part : PARTS) {
      Path from = folder.resolve(part);
      if (!Files.exists(from)) {
        continue;
      }
      if (part.endsWith(".db")) {
        DatabaseCopy.write(from, work.resolve(part));
        requireSound(work.resolve(part), from);
      } else {
        Files.copy(from, work.resolve(part));
      }
      parts.add(part);
    }
    return parts;
  }

  private static void requireSound(Path copy, Path named) {
    List<String> faults = DatabaseCopy.faults(copy);
    if (!faults.isEmpty()) {
      throw new DeskException(
          "The database " + named + " is damaged: " + String.join("; ", faults), null);
    }
  }

  private static Contents contents(Path work, List<String> parts, Instant at) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (String part : parts) {
      try (InputStream in = Files.newInputStream(work.resolve(part))) {
        digests.put(part, digest(in, OutputStream.nullOutputStream()));
      }
    }
    return counted(work, at, digests);
  }

  private static Contents counted(Path work, Instant at, Map<String, String> digests) {
    Path database = work.resolve(RECORD);
    return new Contents(
        FORMAT,
        at,
        DatabaseCopy.rows(database, Table.ARTICLES),
        DatabaseCopy.rows(database, Table.CASES),
        DatabaseCopy.rows(database, Table.MESSAGES),
        DatabaseCopy.rows(database, Table.GAPS),
        digests);
  }

  private static void zip(Path work, List<String> parts, Contents contents, Path zip)
      throws IOException {
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(PrivateFiles.makeFile(zip)))) {
      out.putNextEntry(new ZipEntry(CONTENTS));
      out.write(DeskJson.line(contents).getBytes(StandardCharsets.UTF_8));
      for (String part : parts) {
        out.putNextEntry(new ZipEntry(part));
        Files.copy(work.resolve(part), out);
      }
    }
  }

  private static void check(Path zip, Contents contents) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (String part : contents.sha256().keySet()) {
        extract(file, contents, part, OutputStream.nullOutputStream());
      }
    }
  }

  private static void extract(ZipFile file, Contents contents, String part, OutputStream to)
      throws IOException {
    ZipEntry entry = file.getEntry(part);
    if (entry == null) {
      throw damaged(part + " is missing", null);
    }
    try (InputStream in = file.getInputStream(entry)) {
      if (!digest(in, to).equals(contents.sha256().get(part))) {
        throw damaged(part + " is not what was written", null);
      }
    }
  }

  private static String digest(InputStream in, OutputStream to) throws IOException {
    try {
      DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      digesting.transferTo(to);
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DeskException damaged(String why, @Nullable Throwable cause) {
    return new DeskException("The backup is damaged: " + why, cause);
  }

  /**
   * Restores a desk into a folder, made when there is none. Everything is checked before anything
   * is put in its place.
   *
   * <p>Its webhooks are switched off: a copy of a desk tells nobody anything, and one that takes
   * over tells nothing twice, before somebody switches them on. What waited then waits still; what
   * waited to be sent by e-mail is given up, and may be sent again by hand.
   *
   * @return what the folder holds now, counted in it
   * @throws DeskException when the folder is not empty, or the file is no backup, is damaged, or
   *     was made by a newer version
   */
  public static Contents restore(Path file, Path folder) {
    requireEmpty(folder);
    Path target = folder.toAbsolutePath();
    return within(
        existing(target.getParent()),
        "The desk cannot be restored into " + folder,
        work -> {
          Contents contents = unzip(file, work);
          Contents found = counted(work, contents.at(), contents.sha256());
          if (!found.equals(contents)) {
            throw damaged("it holds other numbers of things than it tells", null);
          }
          DatabaseCopy.silence(work.resolve(RECORD));
          PrivateFiles.makeFolder(target);
          for (String part : contents.sha256().keySet()) {
            Files.move(work.resolve(part), target.resolve(part));
          }
          return found;
        });
  }

  private static Path existing(@Nullable Path folder) {
    return folder == null || Files.isDirectory(folder)
        ? Objects.requireNonNull(folder)
        : existing(folder.getParent());
  }

  private static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new DeskException(
            "The folder " + folder + " is not empty: name an empty or a new one", null);
      }
    } catch (IOException e) {
      throw new DeskException("The folder " + folder + " cannot be read: " + reason(e), e);
    }
  }

  private static Contents unzip(Path file, Path work) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DeskException("There is no backup " + file, null);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Contents contents = read(zip, file);
      for (String part : contents.sha256().keySet()) {
        if (!PARTS.contains(part)) {
          throw damaged("it holds " + part + ", which is no part of one", null);
        }
        try (OutputStream out = Files.newOutputStream(PrivateFiles.makeFile(work.resolve(part)))) {
          extract(zip, contents, part, out);
        }
        if (part.endsWith(".db")) {
          requireSound(work.resolve(part), Path.of(part));
        }
      }
      if (DatabaseCopy.isNewer(work.resolve(RECORD))) {
        throw new DeskException(
            "The backup " + file + " was made by a newer version of Gapcanary", null);
      }
      return contents;
    } catch (java.util.zip.ZipException e) {
      throw new DeskException(
          "The file " + file + " is no backup of Gapcanary, or is damaged: " + e.getMessage(), e);
    }
  }

  private static Contents read(ZipFile zip, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(CONTENTS);
    if (entry == null) {
      throw new DeskException("The file " + file + " is no backup of Gapcanary", null);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      Contents contents = DeskJson.mapper().readValue(in.readAllBytes(), Contents.class);
      if (contents.format() != FORMAT) {
        throw new DeskException(
            "The backup " + file + " was made by a newer version of Gapcanary", null);
      }
      if (!contents.sha256().containsKey(RECORD)) {
        throw damaged("the record is missing", null);
      }
      return contents;
    } catch (JsonProcessingException e) {
      throw damaged("its table of contents cannot be read", e);
    }
  }

  @FunctionalInterface
  private interface Work {
    Contents in(Path folder) throws IOException;
  }

  /** Works in a folder beside the place of the result, which is gone afterwards. */
  private static Contents within(Path place, String failed, Work work) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory(place, ".gapcanary-");
      return work.in(folder);
    } catch (IOException e) {
      throw new DeskException(failed + ": " + reason(e), e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException ? DeskFolder.reason(e) : String.valueOf(e.getMessage());
  }
}
