package io.gapcanary.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gapcanary.DeskException;
import io.gapcanary.kb.AskedAs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class DatabaseTest {
  @TempDir Path folder;

  @Test
  void aDatabaseOfTheFirstFormIsBroughtToThePresentOneWithWhatItHolds() throws Exception {
    Path file = folder.resolve("desk.db");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:io/gapcanary/storage/migration")
        .target("1")
        .load()
        .migrate();
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO wording VALUES ('w-1', 'a-1', 'hums when tilted', 'c-1', 7)");
    }
    try (Database database = Database.open(file, false)) {
      int wordings = database.read(session -> session.articles().wordings("a-1").size());
      Map<String, Double> floors = database.read(session -> session.floors().decided());
      assertThat(wordings).isEqualTo(1);
      assertThat(floors).isEmpty();
    }
  }

  private static Instant asOf(Database database) {
    return database.read(session -> session.meta().findAsOf()).orElse(Instant.EPOCH);
  }

  private static Instant setAsOf(Session session, long seconds) {
    session.meta().setAsOf(Instant.ofEpochSecond(seconds));
    return Instant.ofEpochSecond(seconds);
  }

  @Test
  void aGroupIsSeenByNobodyElseBeforeItIsSafe() {
    try (Database database = Database.open(folder.resolve("desk.db"), false)) {
      Database.Grouped<Instant> one = database.writeInGroup(session -> setAsOf(session, 1));
      Database.Grouped<Instant> two = database.writeInGroup(session -> setAsOf(session, 2));
      assertThat(one.group()).isSameAs(two.group());
      assertThat(asOf(database)).isEqualTo(Instant.EPOCH);
      Optional<Instant> own = database.readOwn(session -> session.meta().findAsOf());
      assertThat(own).contains(Instant.ofEpochSecond(2));
      database.commitGroup();
      one.group().await();
      assertThat(asOf(database)).isEqualTo(Instant.ofEpochSecond(2));
    }
  }

  @Test
  void oneThatFailsLeavesTheOthersOfItsGroup() {
    try (Database database = Database.open(folder.resolve("desk.db"), false)) {
      database.writeInGroup(session -> setAsOf(session, 1));
      assertThatThrownBy(
              () ->
                  database.writeInGroup(
                      session -> {
                        setAsOf(session, 2);
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
      database.commitGroup();
      assertThat(asOf(database)).isEqualTo(Instant.ofEpochSecond(1));
    }
  }

  @Test
  void aWriteOutsideMakesAGroupSafeWithIt() {
    try (Database database = Database.open(folder.resolve("desk.db"), false)) {
      Database.Grouped<Instant> one = database.writeInGroup(session -> setAsOf(session, 1));
      database.write(session -> session);
      one.group().await();
      assertThat(asOf(database)).isEqualTo(Instant.ofEpochSecond(1));
    }
  }

  @Test
  void aFirstOneThatFailsLeavesNoTransactionBehind() {
    try (Database database = Database.open(folder.resolve("desk.db"), false)) {
      assertThatThrownBy(
              () ->
                  database.writeInGroup(
                      session -> {
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
      database.write(session -> setAsOf(session, 3));
      assertThat(asOf(database)).isEqualTo(Instant.ofEpochSecond(3));
    }
  }

  /** Lets another program begin to write into the file. */
  private static Connection other(Path file) throws SQLException {
    Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
    other.createStatement().execute("BEGIN IMMEDIATE");
    return other;
  }

  private static void waits(Database database, Path file, Supplier<Instant> write)
      throws Exception {
    try (Connection other = other(file)) {
      CompletableFuture<Instant> written = CompletableFuture.supplyAsync(write);
      assertThatThrownBy(() -> written.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.createStatement().execute("ROLLBACK");
      Instant at = written.get(20, TimeUnit.SECONDS);
      database.commitGroup();
      assertThat(asOf(database)).isEqualTo(at);
    }
  }

  @Test
  void aWriteThatReadsFirstWaitsForAnotherProgramThatWrites() throws Exception {
    Path file = folder.resolve("desk.db");
    try (Database database = Database.open(file, false)) {
      waits(database, file, () -> database.write(session -> readAndSetAsOf(session, 4)));
      waits(
          database,
          file,
          () -> database.writeInGroup(session -> readAndSetAsOf(session, 5)).result());
    }
  }

  private static Instant readAndSetAsOf(Session session, long seconds) {
    assertThat(session.meta().findAsOf()).isNotNull();
    return setAsOf(session, seconds);
  }

  /** So that the next page that the file needs is one too many. */
  private static void fill(Database database) {
    database.writeHandle(
        handle -> {
          int pages = handle.createQuery("PRAGMA page_count").mapTo(Integer.class).one();
          return handle.createQuery("PRAGMA max_page_count = " + pages).mapTo(Integer.class).one();
        });
  }

  private static int addWordings(Session session) {
    int added = 0;
    while (added < 10_000) {
      session
          .articles()
          .learn(new AskedAs("w-" + added, "a-1", "hums ".repeat(200), "c-1", Instant.EPOCH));
      added++;
    }
    return added;
  }

  private static String inTheLog(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void whatSharesATransactionWithOneThatFillsTheDiskIsNotSaidToBeSafe() {
    try (Database database = Database.open(folder.resolve("desk.db"), false)) {
      fill(database);
      Database.Grouped<Instant> before = database.writeInGroup(session -> setAsOf(session, 6));
      assertThatThrownBy(() -> database.writeInGroup(DatabaseTest::addWordings))
          .isInstanceOf(DeskException.class)
          .hasMessageContaining("is full")
          .satisfies(e -> assertThat(inTheLog(e)).contains("SQLITE_FULL").doesNotContain("hums"));
      database.commitGroup();
      boolean kept = asOf(database).equals(Instant.ofEpochSecond(6));
      Throwable said = catchThrowable(() -> before.group().await());
      assertThat(said == null).as("it is said to be safe").isEqualTo(kept);
      Instant next = database.write(session -> setAsOf(session, 7));
      assertThat(asOf(database)).isEqualTo(next);
    }
  }
}
