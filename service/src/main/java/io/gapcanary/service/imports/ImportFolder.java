package io.gapcanary.service.imports;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Where imports are kept: of each what was sent, until it ends, and how far it is. What was sent is
 * as it came, personal data and all: nobody but the process's own user may read it.
 */
final class ImportFolder {
  private static final JsonMapper STATES =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final String SENT = ".sent";
  private static final String NEXT = ".next";

  private final Path path;
  private final long largest;

  /**
   * A folder, made when the first import comes.
   *
   * @param largest the most bytes that may be sent at once
   */
  ImportFolder(Path path, long largest) {
    this.path = path;
    this.largest = largest;
  }

  Path content(String id) {
    return path.resolve(id + SENT);
  }

  private Path state(String id) {
    return path.resolve(id + ".json");
  }

  /**
   * Keeps what was sent; several files as one zip.
   *
   * @throws UnreadableFileException when it is too large
   */
  void keep(String id, List<Upload> uploads) {
    try {
      make();
      try (OutputStream out = Files.newOutputStream(content(id))) {
        Allowance allowance = new Allowance(largest);
        if (uploads.size() == 1) {
          copy(uploads.getFirst(), allowance, out);
        } else {
          zip(uploads, allowance, out);
        }
      }
    } catch (IOException e) {
      discard(id);
      throw new UncheckedIOException("What was sent cannot be kept", e);
    } catch (RuntimeException e) {
      discard(id);
      throw e;
    }
  }

  private void make() throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path);
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  private void copy(Upload upload, Allowance allowance, OutputStream out) throws IOException {
    InputStream limited = allowance.limited(upload.content(), largest);
    limited.transferTo(out);
  }

  /** The names are only kept: nothing is written under them. Two of one name stay two. */
  private void zip(List<Upload> uploads, Allowance allowance, OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1);
      Set<String> names = new HashSet<>();
      int number = 1;
      for (Upload upload : uploads) {
        String name = upload.name();
        while (!names.add(name)) {
          name = number++ + "-" + upload.name();
        }
        zip.putNextEntry(new ZipEntry(name));
        copy(upload, allowance, zip);
        zip.closeEntry();
      }
    }
  }

  /** Deletes what was sent. */
  void discard(String id) {
    try {
      Files.deleteIfExists(content(id));
    } catch (IOException e) {
      throw new UncheckedIOException("What was sent cannot be deleted", e);
    }
  }

  /** Keeps how far an import is: as it was before, or as it is now, and nothing between. */
  void save(Import now) {
    Path next = path.resolve(now.id() + NEXT);
    try {
      Files.write(next, STATES.writeValueAsBytes(now));
      Files.move(
          next,
          state(now.id()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("How far an import is cannot be kept", e);
    }
  }

  void forget(String id) {
    discard(id);
    try {
      Files.deleteIfExists(state(id));
    } catch (IOException e) {
      throw new UncheckedIOException("An import cannot be forgotten", e);
    }
  }

  /** Deletes what a process that was killed left of imports that had ended, or never begun. */
  void discardLeftovers() {
    Set<String> wanted = new HashSet<>();
    list().stream().filter(Import::isUnderWay).forEach(one -> wanted.add(one.id() + SENT));
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(NEXT) || (name.endsWith(SENT) && !wanted.contains(name))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("What was left of imports cannot be deleted", e);
    }
  }

  /** All that are kept, the earliest first. */
  List<Import> list() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .flatMap(file -> read(file).stream())
          .sorted(Comparator.comparing(Import::startedAt).thenComparing(Import::id))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The imports cannot be listed", e);
    }
  }

  private static Optional<Import> read(Path file) {
    try {
      return Optional.of(STATES.readValue(file.toFile(), Import.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
