package io.gapcanary.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
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
}
