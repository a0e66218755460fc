package dev.runlog.events.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The version of the schema in a database, read without the migration library. */
final class SchemaVersion {

  /** The version that this program's migrations produce; a test compares the newest file. */
  static final int CURRENT = 3;

  /** A database without any table. */
  static final int EMPTY = 0;

  /** Tables that the migrations did not make. */
  static final int FOREIGN = -1;

  private SchemaVersion() {}

  static int of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (count(
              statement, "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'")
          == 0) {
        return count(statement, "SELECT count(*) FROM sqlite_master") == 0 ? EMPTY : FOREIGN;
      }
      return count(
          statement,
          "SELECT coalesce(max(cast(version AS INTEGER)), 0) FROM flyway_schema_history WHERE success = 1");
    }
  }

  private static int count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
