package io.gapcanary.benchmarks;

import io.gapcanary.CaseOpening;
import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Messages a second that are safe on disk when heard, beside rows a second of plain SQLite. */
final class Durability {
  private static final String TEXT =
      "The invoice of last month is not in my mail box, where can I download it again?";

  private final Path folder;
  private final Duration time;

  Durability(Path folder, Duration time) {
    this.folder = folder;
    this.time = time;
  }

  /** A desk with words only: messages of as many cases as there are threads. */
  double desk(int threads) throws IOException, InterruptedException, ExecutionException {
    Path its = Files.createTempDirectory(folder, "durable");
    try (Desk desk = Desk.open(its, DeskSettings.DEFAULT, InstantSource.system(), null);
        ExecutorService callers = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        desk.assist().open(CaseOpening.builder().id("c-" + thread).build());
      }
      AtomicLong heard = new AtomicLong();
      long begin = System.nanoTime();
      long until = begin + time.toNanos();
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String first = "c-" + thread;
        all.add(callers.submit(() -> hear(desk, first, until, heard)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return heard.get() * 1e9 / (System.nanoTime() - begin);
    }
  }

  /** A case of some messages, then the next one. */
  private static void hear(Desk desk, String first, long until, AtomicLong heard) {
    String caseId = first;
    for (int i = 1; System.nanoTime() < until; i++) {
      desk.assist().hear(caseId, Message.customer(TEXT + " " + i));
      heard.incrementAndGet();
      if (i % 8 == 0) {
        caseId = first + "-" + i;
        desk.assist().open(CaseOpening.builder().id(caseId).build());
      }
    }
  }

  /** Rows of the same text, so many a commit, under the same durability. */
  double sqlite(int rowsACommit) throws SQLException, IOException {
    Path its = Files.createTempDirectory(folder, "plain").resolve("plain.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + its);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO message (text) VALUES (?)")) {
        long rows = 0;
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
          for (int i = 0; i < rowsACommit; i++) {
            insert.setString(1, TEXT);
            insert.executeUpdate();
            rows++;
          }
          connection.commit();
        }
        return rows * 1e9 / (System.nanoTime() - begin);
      }
    }
  }
}
