package io.gapcanary.service.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gapcanary.exchange.ArticleFormat;
import io.gapcanary.exchange.Flaw;
import io.gapcanary.exchange.JsonLines;
import io.gapcanary.exchange.Line;
import io.gapcanary.kb.Article;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The articles of a file: Markdown, HTML, CSV, {@code articles.jsonl}, or a zip of such files. What
 * cannot be used is refused by itself; of a zip nothing is written anywhere, so that its names and
 * links lead nowhere.
 */
final class ArticleFiles {
  /** The most bytes of an article's own file. */
  private static final int LONGEST_ARTICLE = 5 << 20;

  /** The most bytes of a file of many articles. */
  private static final int LONGEST_LIST = 200 << 20;

  /** The most bytes that a zip may hold, unpacked. */
  static final long LARGEST_ZIP = 1L << 30;

  private static final int MOST_ENTRIES = 100_000;
  private static final Charset KOREAN = Charset.forName("MS949");

  private final Reader reader;

  ArticleFiles(Reader reader) {
    this.reader = reader;
  }

  /** Takes what is read. */
  interface Reader {
    /** False to stop reading. */
    boolean goesOn();

    void read(Article article, String file, int line);

    void refused(String file, int line, Flaw flaw);
  }

  /** Opens what a file holds. */
  private interface Content {
    InputStream open() throws IOException;
  }

  /**
   * Reads a file.
   *
   * @param name its name where it came from
   * @throws UnreadableFileException when nothing of it can be used
   * @throws IOException when it cannot be read
   */
  void read(Path file, String name) throws IOException {
    if (isZip(file)) {
      readZip(file);
    } else if (!read(
        FileName.of(name), new Allowance(LARGEST_ZIP), () -> Files.newInputStream(file))) {
      throw new UnreadableFileException(FileReason.FILE_OF_NO_FORMAT.flaw());
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] mark = in.readNBytes(4);
      return mark.length == 4 && mark[0] == 'P' && mark[1] == 'K' && (mark[2] == 3 || mark[2] == 5);
    }
  }

  private void readZip(Path file) throws IOException {
    try (ZipFile zip = open(file)) {
      if (zip.size() > MOST_ENTRIES) {
        throw new UnreadableFileException(
            FileReason.ZIP_OF_TOO_MANY.flaw(String.valueOf(MOST_ENTRIES)));
      }
      Allowance all = new Allowance(LARGEST_ZIP);
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      for (ZipEntry entry : entries) {
        if (!reader.goesOn()) {
          return;
        }
        readEntry(zip, entry, all);
      }
    } catch (ZipException e) {
      throw new UnreadableFileException(FileReason.ZIP_DAMAGED.flaw(), e);
    }
  }

  /** Older systems write names in their own character set, in Korea code page 949. */
  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      return new ZipFile(file.toFile(), KOREAN);
    }
  }

  private void readEntry(ZipFile zip, ZipEntry entry, Allowance all) throws IOException {
    FileName name;
    try {
      name = FileName.of(entry.getName());
    } catch (UnreadableFileException e) {
      reader.refused("(zip)", 0, e.flaw());
      return;
    }
    if (name.isLeftOut()) {
      return;
    }
    try {
      read(name, all, () -> zip.getInputStream(entry));
    } catch (ZipException e) {
      reader.refused(name.toString(), 0, FileReason.FILE_DAMAGED.flaw());
    }
  }

  /** Reads one file; false when it is of a kind that holds no articles, such as a picture. */
  private boolean read(FileName name, Allowance all, Content content) throws IOException {
    switch (name.ending()) {
      case "md", "markdown" ->
          single(name, all, content, bytes -> MarkdownFile.read(name, FileText.of(bytes)));
      case "html", "htm", "xhtml" ->
          single(name, all, content, bytes -> HtmlFile.read(name, bytes));
      case "csv", "tsv" -> many(name, all, content, this::readCsv);
      case "jsonl", "ndjson" -> many(name, all, content, this::readLines);
      default -> {
        return false;
      }
    }
    return true;
  }

  @FunctionalInterface
  private interface SingleReader {
    Article read(byte[] bytes);
  }

  private void single(FileName name, Allowance all, Content content, SingleReader from)
      throws IOException {
    try (InputStream in = all.limited(content.open(), LONGEST_ARTICLE)) {
      byte[] bytes = in.readAllBytes();
      reader.read(refusing(() -> from.read(bytes)), name.toString(), 0);
    } catch (UnreadableFileException e) {
      reader.refused(name.toString(), 0, e.flaw());
    }
  }

  /** What a format refuses, whatever it calls that, is the file's fault. */
  private static Article refusing(Supplier<Article> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(Flaw.of(e), e);
    }
  }

  @FunctionalInterface
  private interface ManyReader {
    void read(FileName name, InputStream in) throws IOException;
  }

  private void many(FileName name, Allowance all, Content content, ManyReader from)
      throws IOException {
    try (InputStream in = all.limited(content.open(), LONGEST_LIST)) {
      from.read(name, in);
    } catch (UnreadableFileException e) {
      reader.refused(name.toString(), 0, e.flaw());
    }
  }

  private void readLines(FileName name, InputStream in) throws IOException {
    JsonLines.read(
        in,
        ArticleFormat.INSTANCE,
        line -> {
          if (reader.goesOn()) {
            switch (line) {
              case Line.Accepted<Article> good ->
                  reader.read(good.value(), name.toString(), good.number());
              case Line.Rejected<Article> bad ->
                  reader.refused(name.toString(), bad.number(), bad.flaw());
            }
          }
        });
  }

  /** The first line names the columns; commas, semicolons or tabs stand between them. */
  private void readCsv(FileName name, InputStream in) throws IOException {
    String text = FileText.of(in.readAllBytes());
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .allowMissingFields(true)
            .allowExtraFields(true)
            .skipEmptyLines(true)
            .ofNamedCsvRecord(text)) {
      for (NamedCsvRecord record : records) {
        if (!reader.goesOn()) {
          return;
        }
        readRecord(name, record);
      }
    } catch (CsvParseException e) {
      throw new UnreadableFileException(FileReason.FILE_NOT_CSV.flaw(), e);
    }
  }

  private void readRecord(FileName name, NamedCsvRecord record) {
    int line = (int) record.getStartingLineNumber();
    try {
      ArticleFields fields = new ArticleFields();
      record.getFieldsAsMap().forEach(fields::put);
      reader.read(fields.read(), name.toString(), line);
    } catch (IllegalArgumentException e) {
      reader.refused(name.toString(), line, Flaw.of(e));
    }
  }

  private static char separator(String text) {
    String head = text.lines().findFirst().orElse("");
    return List.of(',', ';', '\t').stream()
        .max(Comparator.comparingLong(mark -> head.chars().filter(c -> c == mark).count()))
        .orElse(',');
  }
}
