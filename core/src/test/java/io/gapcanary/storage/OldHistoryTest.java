package io.gapcanary.storage;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.Gap.Event;
import io.gapcanary.Gap.Event.What;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class OldHistoryTest {
  @TempDir Path folder;

  private static final List<Map.Entry<String, Event>> SENTENCES =
      List.of(
          told("open → assigned", What.STATE, Map.of("from", "open", "to", "assigned")),
          told("owned by Kim of docs", What.OWNER, Map.of("owner", "Kim of docs")),
          told("nobody owns it now", What.OWNER, Map.of()),
          told("gap-7 joined it", What.MERGED, Map.of("gap", "gap-7")),
          told("opened again: customers go on missing it", What.REOPENED, Map.of()),
          told(
              "raised: 12 customers found no article",
              What.RAISED,
              Map.of("kind", "missing", "customers", 12)),
          told(
              "raised: 3 customers need another",
              What.RAISED,
              Map.of("kind", "superseded", "customers", 3)),
          told(
              "raised: agents gave it by hand to 4 customers who were not led to it",
              What.RAISED,
              Map.of("kind", "unfindable", "customers", 4)),
          told(
              "raised: customers came back after 8 of 21 cases",
              What.RAISED,
              Map.of("kind", "incomplete", "returned", 8, "given", 21)),
          told(
              "verified: customers came back after only 1 of 30 cases",
              What.VERIFIED,
              Map.of("by", "returns", "returned", 1, "given", 30)),
          told("verified: its questions are answered now", What.VERIFIED, Map.of("by", "replay")),
          told(
              "verified: agents give kb-9 for it",
              What.VERIFIED,
              Map.of("by", "agents", "article", "kb-9")),
          told(
              "not missing but unfindable: agents give kb-9",
              What.RECLASSIFIED,
              Map.of("from", "missing", "to", "unfindable", "article", "kb-9")),
          told("something else", What.OTHER, Map.of("text", "something else")));

  private static Map.Entry<String, Event> told(
      String sentence, What what, Map<String, Object> details) {
    return entry(
        sentence, new Event(Instant.ofEpochMilli(7), "Lee", what, details, "since it is so"));
  }

  @Test
  void sentencesOfAnEarlierFormBecomeNamesWithDetails() throws Exception {
    Path file = folder.resolve("desk.db");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:io/gapcanary/storage/migration")
        .target("2")
        .load()
        .migrate();
    try (var connection = source.getConnection()) {
      connection
          .createStatement()
          .execute(
              "INSERT INTO gap (key, number, kind, state, title, version) VALUES (1, 1, 'superseded', 'open', 't', 1)");
      for (Map.Entry<String, Event> one : SENTENCES) {
        try (var insert =
            connection.prepareStatement(
                "INSERT INTO gap_history (gap_key, at, person, what, reason) VALUES (1, 7, 'Lee', ?, 'since it is so')")) {
          insert.setString(1, one.getKey());
          insert.execute();
        }
      }
    }
    try (Database database = Database.open(file, false)) {
      List<Event> history = database.read(session -> session.gapHistory().history(1));
      assertThat(history)
          .containsExactlyElementsOf(SENTENCES.stream().map(Map.Entry::getValue).toList());
    }
  }
}
