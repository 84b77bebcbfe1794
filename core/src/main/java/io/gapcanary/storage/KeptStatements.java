package io.gapcanary.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps a connection's prepared statements for the next time that the same SQL is run: SQLite takes
 * as long to prepare most of ours as to run them. Not thread-safe, as its connection is not.
 */
final class KeptStatements extends DefaultStatementBuilder {
  /** Lists of other lengths are other statements. */
  private static final int MOST = 200;

  /** Those that nobody uses now; the one unused for longest first. */
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  /** What each in use was prepared from, which is not what it was asked for with names. */
  private final Map<Statement, String> used = new HashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    PreparedStatement statement = kept == null ? super.create(connection, sql, context) : kept;
    used.put(statement, sql);
    return statement;
  }

  @Override
  public void close(Connection connection, String asked, Statement statement) throws SQLException {
    String sql = used.remove(statement);
    if (sql == null || !(statement instanceof PreparedStatement prepared) || !isCleared(prepared)) {
      statement.close();
      return;
    }
    PreparedStatement other = idle.put(sql, prepared);
    if (other != null) {
      other.close();
    }
    if (idle.size() > MOST) {
      var eldest = idle.entrySet().iterator();
      PreparedStatement goes = eldest.next().getValue();
      eldest.remove();
      goes.close();
    }
  }

  /** False for what SQLite has given up after an error. */
  private static boolean isCleared(PreparedStatement statement) {
    try {
      statement.getMoreResults(); // ends the reading: it would go on as the database was
      statement.clearBatch();
      statement.clearParameters();
      return !statement.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close(Connection connection) {
    for (PreparedStatement statement : idle.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // the connection closes next, and its statements with it
      }
    }
    idle.clear();
  }
}
