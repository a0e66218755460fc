package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * The one connection of a process that writes, used by the writer thread alone. Autocommit stays on
 * and transactions are begun and ended by SQL: with sqlite-jdbc's own transactions an idle
 * connection would keep the write lock.
 */
final class WriteConnection implements AutoCloseable {

  private static final long UNKNOWN = -1;

  private final Connection connection;
  private final DSLContext sql;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private long lastEventId = UNKNOWN;

  WriteConnection(Connection connection) {
    this.connection = connection;
    this.sql = Dialects.sqlite(connection);
  }

  /** Takes the write lock at once, so that a transaction never fails half-way for want of it. */
  void begin() throws SQLException {
    forgetEventId();
    execute("BEGIN IMMEDIATE");
  }

  void commit() throws SQLException {
    execute("COMMIT");
  }

  void rollback() throws SQLException {
    execute("ROLLBACK");
  }

  void savepoint() throws SQLException {
    execute("SAVEPOINT work");
  }

  void releaseSavepoint() throws SQLException {
    execute("RELEASE work");
  }

  void rollbackToSavepoint() throws SQLException {
    execute("ROLLBACK TO work");
    execute("RELEASE work");
    forgetEventId();
  }

  /** To be called when an id was taken but its event was not written. */
  void forgetEventId() {
    lastEventId = UNKNOWN;
  }

  /**
   * The id after the newest row. It is read once a transaction: nobody else writes while this
   * connection holds the lock.
   */
  long takeEventId() throws SQLException {
    if (lastEventId == UNKNOWN) {
      try (ResultSet row = prepared("SELECT coalesce(max(id), 0) FROM events").executeQuery()) {
        lastEventId = row.next() ? row.getLong(1) : 0;
      }
    }
    return ++lastEventId;
  }

  PreparedStatement prepared(String text) throws SQLException {
    PreparedStatement statement = prepared.get(text);
    if (statement == null) {
      statement = connection.prepareStatement(text);
      prepared.put(text, statement);
    }
    return statement;
  }

  DSLContext sql() {
    return sql;
  }

  Connection jdbc() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void execute(String text) throws SQLException {
    prepared(text).execute();
  }
}
