package io.gapcanary.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
}
