package dev.runlog.benchmarks.postgres;

import dev.runlog.benchmarks.append.SampleEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;

/**
 * The reference on PostgreSQL: one connection, one kept statement that inserts as many rows as a
 * batch has, a commit each. Not thread-safe.
 */
final class RawPostgres implements AutoCloseable {

  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?)";
  private static final int COLUMNS = 7;

  private final Connection connection;
  private PreparedStatement insert;
  private int rows = 1;

  private RawPostgres(Connection connection) throws SQLException {
    this.connection = connection;
    this.insert = prepared(rows);
  }

  /** Opens a database that has the tables. */
  static RawPostgres open(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try {
      return new RawPostgres(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Inserts events in one statement, which commits them. */
  int append(int count) throws SQLException {
    if (count != rows) {
      insert.close();
      insert = prepared(count);
      rows = count;
    }
    for (int row = 0; row < rows; row++) {
      bind(row * COLUMNS);
    }
    return insert.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement prepared(int count) throws SQLException {
    return connection.prepareStatement(
        "INSERT INTO events (timestamp, run_id, parent_run_id, instance_id, role, event_type, payload) VALUES "
            + String.join(", ", Collections.nCopies(count, ROW)));
  }

  private void bind(int before) throws SQLException {
    insert.setLong(before + 1, System.currentTimeMillis());
    insert.setLong(before + 2, 1);
    insert.setNull(before + 3, Types.BIGINT);
    insert.setString(before + 4, "bench");
    insert.setString(before + 5, "bench");
    insert.setString(before + 6, SampleEvent.TYPE);
    insert.setString(before + 7, SampleEvent.JSON);
  }
}
