package io.gapcanary.storage;

import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Copies of a SQLite file that may be in use, by this process or another one. */
public final class DatabaseCopy {
  private DatabaseCopy() {}

  private static Jdbi jdbi(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    return Jdbi.create(source(file, config));
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /**
   * Copies a file as it stands at one moment, while others go on writing into it.
   *
   * @param to a file that is not there yet
   */
  public static void write(Path from, Path to) {
    jdbi(from).useHandle(handle -> handle.execute("VACUUM INTO ?", to.toString()));
  }

  /** What is wrong with a file, by SQLite's own check; empty when nothing is. */
  public static List<String> faults(Path file) {
    return jdbi(file)
        .withHandle(
            handle -> handle.createQuery("PRAGMA integrity_check").mapTo(String.class).list())
        .stream()
        .filter(line -> !line.equals("ok"))
        .toList();
  }

  /** How many rows a table has. */
  public static long rows(Path file, Table table) {
    return jdbi(file)
        .withHandle(
            handle ->
                handle.createQuery("SELECT COUNT(*) FROM " + table.name).mapTo(Long.class).one());
  }

  /**
   * Switches off the webhooks in a desk's record, of whatever version it is, and gives up what
   * waits to be sent by e-mail.
   */
  public static void silence(Path file) {
    jdbi(file)
        .useHandle(
            handle -> {
              if (has(handle, "webhook")) {
                handle.execute("UPDATE webhook SET enabled = 0");
              }
              if (has(handle, "mail_delivery")) {
                handle.execute("UPDATE mail_delivery SET dead_at = at WHERE dead_at IS NULL");
              }
            });
  }

  private static boolean has(Handle handle, String table) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :table)")
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  /** True when a newer version has written a desk's record. */
  public static boolean isNewer(Path file) {
    return Database.isNewer(source(file, new SQLiteConfig()));
  }

  /** What is counted. */
  public enum Table {
    ARTICLES("article"),
    CASES("desk_case"),
    MESSAGES("message"),
    GAPS("gap WHERE number IS NOT NULL AND merged_into IS NULL");

    private final String name;

    Table(String name) {
      this.name = name;
    }
  }
}
