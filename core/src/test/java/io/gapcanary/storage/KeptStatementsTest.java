package io.gapcanary.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

class KeptStatementsTest {
  @TempDir Path folder;
  private final List<String> prepared = new ArrayList<>();
  private Handle handle;

  @BeforeEach
  void open() {
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + folder.resolve("kept.db"));
    Jdbi jdbi = Jdbi.create(() -> counted(source.getConnection()));
    jdbi.setStatementBuilderFactory(connection -> new KeptStatements());
    handle = jdbi.open();
    handle.execute("CREATE TABLE word (text TEXT PRIMARY KEY, often INTEGER NOT NULL DEFAULT 1)");
    handle.execute("INSERT INTO word (text) VALUES ('one'), ('two'), ('three')");
    prepared.clear();
  }

  @AfterEach
  void close() {
    handle.close();
  }

  private Connection counted(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                prepared.add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private List<String> like(String pattern) {
    return handle
        .createQuery("SELECT text FROM word WHERE text LIKE :pattern ORDER BY text")
        .bind("pattern", pattern)
        .mapTo(String.class)
        .list();
  }

  @Test
  void whatIsReadAgainIsPreparedOnce() {
    assertThat(like("t%")).containsExactly("three", "two");
    assertThat(like("o%")).containsExactly("one");
    assertThat(like("x%")).isEmpty();
    assertThat(prepared).hasSize(1);
  }

  @Test
  void whatIsWrittenAgainIsPreparedOnceAndTellsWhatItChanged() {
    for (String text : List.of("one", "none", "two")) {
      int changed =
          handle
              .createUpdate("UPDATE word SET often = often + 1 WHERE text = :text")
              .bind("text", text)
              .execute();
      assertThat(changed).isEqualTo(text.equals("none") ? 0 : 1);
    }
    assertThat(prepared).hasSize(1);
  }

  @Test
  void whatAnInsertionReturnsIsReadEachTime() {
    for (int often = 2; often < 5; often++) {
      assertThat(
              handle
                  .createQuery(
                      "INSERT INTO word (text) VALUES ('one') ON CONFLICT (text) DO UPDATE SET often = often + 1 RETURNING often")
                  .mapTo(Integer.class)
                  .one())
          .isEqualTo(often);
    }
    assertThat(prepared).hasSize(1);
  }

  @Test
  void aBatchIsEmptyWhenItComesAgain() {
    for (int round = 0; round < 2; round++) {
      PreparedBatch batch = handle.prepareBatch("UPDATE word SET often = ? WHERE text = ?");
      batch.add(7 + round, "one").add(9 + round, "two");
      assertThat(batch.execute()).containsExactly(1, 1);
    }
    assertThat(
            handle.createQuery("SELECT often FROM word ORDER BY text").mapTo(Integer.class).list())
        .containsExactly(8, 1, 10);
  }

  @Test
  void whatFailedIsPreparedAnew() {
    String insertion = "INSERT INTO word (text) VALUES (?)";
    handle.execute(insertion, "four");
    assertThatThrownBy(() -> handle.execute(insertion, "four")).hasMessageContaining("UNIQUE");
    handle.execute(insertion, "five");
    assertThat(like("f%")).containsExactly("five", "four");
  }

  @Test
  void theSameReadWithinItselfHasAStatementOfItsOwn() {
    String all = "SELECT text FROM word ORDER BY text";
    List<String> pairs = new ArrayList<>();
    try (ResultIterator<String> outer = handle.createQuery(all).mapTo(String.class).iterator()) {
      while (outer.hasNext()) {
        String one = outer.next();
        try (ResultIterator<String> inner =
            handle.createQuery(all).mapTo(String.class).iterator()) {
          inner.forEachRemaining(other -> pairs.add(one + other));
        }
      }
    }
    assertThat(pairs).hasSize(9).doesNotHaveDuplicates();
    assertThat(prepared).hasSize(2);
  }

  @Test
  void nothingIsStillBeingReadWhenTheFileIsWrittenAnew() {
    like("t%");
    Iterator<String> left =
        handle.createQuery("SELECT text FROM word").mapTo(String.class).list().iterator();
    assertThat(left.next()).isNotNull();
    assertThat(handle.createQuery("SELECT text FROM word LIMIT 1").mapTo(String.class).findFirst())
        .isPresent();
    assertThat(handle.createQuery("SELECT text FROM word").mapTo(String.class).findFirst())
        .isPresent();
    handle.execute("INSERT INTO word (text) VALUES ('six')");
    handle.execute("VACUUM");
  }

  @Test
  void manyStatementsDoNotPileUp() {
    for (int i = 0; i < 1000; i++) {
      assertThat(handle.createQuery("SELECT " + i).mapTo(Integer.class).one()).isEqualTo(i);
    }
    prepared.clear();
    assertThat(handle.createQuery("SELECT 999").mapTo(Integer.class).one()).isEqualTo(999);
    assertThat(prepared).isEmpty();
    assertThat(handle.createQuery("SELECT 1").mapTo(Integer.class).one()).isEqualTo(1);
    assertThat(prepared).hasSize(1);
  }
}
