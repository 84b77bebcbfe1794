package io.gapcanary.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.kb.Article;
import io.gapcanary.storage.GivingStore.Returns;
import io.gapcanary.storage.GivingStore.Tally;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class GivingStoreTest {
  private static final Instant AT = Instant.parse("2026-01-05T09:00:00Z");

  @TempDir Path folder;

  private static void put(Session session, String body) {
    Article article = Article.builder("a", "Reset a password", body).language("en").build();
    session.articles().put(article, session.articles().find("a").orElse(null));
  }

  private static void given(Session session, String caseId) {
    session.givings().add("a", caseId, "ann", AT, true);
  }

  private static void returned(Session session, String caseId, String by) {
    session.givings().returned("a", caseId, by);
  }

  private static Tally tally(int given, int returned, int chains, int chainsReturned) {
    return new Tally(new Returns(given, returned), new Returns(chains, chainsReturned));
  }

  private static void expect(Session session, Tally tally) {
    assertThat(session.givings().tally("a")).isEqualTo(tally);
    assertThat(session.givings().tally()).isEqualTo(tally);
  }

  /** Three cases in a row, each giving the article and each coming back after the one before. */
  private static void chain(Session session) {
    put(session, "Press the button.");
    given(session, "c1");
    given(session, "c2");
    returned(session, "c1", "c2");
    returned(session, "c2", "c3");
    given(session, "c3");
  }

  @Test
  void whoComesBackAgainAndAgainCountsOnce() {
    try (Database database = Database.open(folder.resolve("desk.db"), true)) {
      database.write(
          session -> {
            chain(session);
            expect(session, tally(3, 2, 1, 1));
            return 0;
          });
    }
  }

  @Test
  void whatTurnsOutToBeNoReturnBeginsAChain() {
    try (Database database = Database.open(folder.resolve("desk.db"), true)) {
      database.write(
          session -> {
            chain(session);
            session.givings().notReturned("c2");
            expect(session, tally(3, 1, 2, 1));
            returned(session, "c1", "c2");
            expect(session, tally(3, 2, 1, 1));
            session.givings().retain("c2", List.of());
            // Of c3 nobody knows any more that it was given again.
            expect(session, tally(2, 1, 2, 1));
            return 0;
          });
    }
  }

  @Test
  void anotherEditionIsTriedAnew() {
    try (Database database = Database.open(folder.resolve("desk.db"), true)) {
      database.write(
          session -> {
            chain(session);
            put(session, "Press the other button.");
            expect(session, Tally.NONE);
            given(session, "c4");
            returned(session, "c3", "c4");
            expect(session, tally(1, 0, 1, 0));
            return 0;
          });
    }
  }

  @Test
  void whoeverWaitsIsTheFirstOfAChain() {
    try (Database database = Database.open(folder.resolve("desk.db"), true)) {
      database.write(
          session -> {
            chain(session);
            assertThat(session.givings().waiting("a", AT.minusSeconds(1))).isEmpty();
            given(session, "d1");
            assertThat(session.givings().waiting("a", AT.minusSeconds(1))).hasSize(1);
            return 0;
          });
    }
  }

  @Test
  void aDeskOfBeforeIsCountedByChainsToo() throws Exception {
    Path file = folder.resolve("desk.db");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:io/gapcanary/storage/migration")
        .target("19")
        .load()
        .migrate();
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO article (id, json, title, language, edition) VALUES ('a', '{}', 'A', 'en', 2)");
      statement.execute(
          """
          INSERT INTO giving (article_id, case_id, edition, customer, at, reached, returned_by) VALUES
            ('a', 'c0', 1, 'ann', 0, 1, 'c1'), ('a', 'c1', 2, 'ann', 1, 1, 'c2'), ('a', 'c2', 2, 'ann', 2, 1, 'c3'),
            ('a', 'c3', 2, 'ann', 3, 1, NULL), ('a', 'd1', 2, 'bob', 3, 0, NULL), ('a', 'e1', 2, NULL, 3, 1, NULL)""");
      statement.execute(
          """
          INSERT INTO tally (article_id, given, returned, reached, missed) VALUES
            ('a', 4, 2, 4, 1), ('', 4, 2, 4, 1)""");
    }
    try (Database database = Database.open(file, false)) {
      database.write(
          session -> {
            expect(session, tally(4, 2, 2, 1));
            return 0;
          });
    }
  }
}
