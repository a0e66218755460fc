package dev.runlog.benchmarks.append;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.db.Durability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * The reference: what a careful programmer writes by hand on sqlite-jdbc, with the same tables, the
 * same durability, one kept statement and a payload that is ready as text. Not thread-safe.
 */
public final class RawSqlite implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement insert;
  private final PreparedStatement commit;

  private RawSqlite(Connection connection) throws SQLException {
    this.connection = connection;
    this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
    this.insert =
        connection.prepareStatement(
            "INSERT INTO events (timestamp, run_id, parent_run_id, instance_id, role, event_type, payload)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    this.commit = connection.prepareStatement("COMMIT");
  }

  /** Makes the tables where they are missing, and opens the file. */
  public static RawSqlite open(Path file, Durability durability) throws SQLException {
    Database.open(new DatabaseSettings(file.toString(), durability)).close();
    Connection connection = connect(file);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "PRAGMA synchronous = " + (durability == Durability.POWER ? "FULL" : "NORMAL"));
      statement.execute("PRAGMA journal_size_limit = 67108864");
      return new RawSqlite(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** A connection without what costs time: sqlite-jdbc's look-up of generated keys. */
  public static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    config.setBusyTimeout(30_000);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /** Inserts one event, which commits it. */
  public int append() throws SQLException {
    insert();
    return 1;
  }

  /** Inserts events in one transaction. */
  public int appendTogether(int count) throws SQLException {
    begin.execute();
    for (int i = 0; i < count; i++) {
      insert();
    }
    commit.execute();
    return count;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void insert() throws SQLException {
    insert.setLong(1, System.currentTimeMillis());
    insert.setLong(2, 1);
    insert.setNull(3, java.sql.Types.BIGINT);
    insert.setString(4, "bench");
    insert.setString(5, "bench");
    insert.setString(6, SampleEvent.TYPE);
    insert.setString(7, SampleEvent.JSON);
    insert.executeUpdate();
  }
}
