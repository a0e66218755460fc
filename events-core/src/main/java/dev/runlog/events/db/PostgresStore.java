package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jooq.DSLContext;
import org.postgresql.PGProperty;

/** The tables in a schema of a PostgreSQL database, which many machines may share. */
final class PostgresStore implements Store {

  /** The first version that tells a transaction its id and later what became of it, by xid8. */
  private static final int OLDEST_MAJOR_VERSION = 13;

  private static final int LOCK_WAIT_SECONDS = 30;

  /** Longer than any lock is waited for: a server that is silent for so long is gone. */
  private static final int SOCKET_TIMEOUT_SECONDS = 60;

  /** Longer than any question takes: one that is answered so late is waited for in vain. */
  private static final int LONGEST_READ_SECONDS = 600;

  private final PostgresUrl url;

  PostgresStore(PostgresUrl url) {
    this.url = url;
  }

  @Override
  public String description() {
    return url.description();
  }

  @Override
  public void prepareForWriting() throws SQLException, IOException {
    new Migrations(new PostgresSchema(url, this::connect)).bringUpToDate();
  }

  @Override
  public void prepareForReading() throws SQLException {
    new Migrations(new PostgresSchema(url, this::connect)).requireFit();
  }

  /**
   * Every commit is synced to the server's disk, whatever durability was asked for: PostgreSQL has
   * no way to survive a crash of the server process without surviving power loss too.
   */
  @Override
  public WriteConnection openWriter() throws SQLException {
    Properties properties = url.properties();
    PGProperty.SOCKET_TIMEOUT.set(properties, SOCKET_TIMEOUT_SECONDS);
    Connection connection = connect(properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '" + LOCK_WAIT_SECONDS + "s'");
      if (query(statement, "SHOW synchronous_commit").equals("off")) {
        statement.execute("SET synchronous_commit = on");
      }
      connection.setAutoCommit(false);
      return new PostgresWriteConnection(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection openReader() throws SQLException {
    Properties properties = url.properties();
    PGProperty.SOCKET_TIMEOUT.set(properties, LONGEST_READ_SECONDS);
    return connect(properties);
  }

  @Override
  public Connection openReaderOnly() throws SQLException {
    return openReader();
  }

  @Override
  public DSLContext sql(Connection connection) {
    return Dialects.postgres(connection);
  }

  @Override
  public String beginSnapshot() {
    return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  }

  @Override
  public Tail tail(ReadConnections reads) {
    return new PostgresTail(reads);
  }

  @Override
  public NameLock nameLock(String name) {
    return new PostgresNameLock(this, name);
  }

  @Override
  public boolean undoesFailedStatementsAlone() {
    return false;
  }

  @Override
  public boolean endsTransaction(Throwable thrown) {
    return isPassing(thrown);
  }

  @Override
  public boolean isPassing(Throwable thrown) {
    return PostgresErrors.isConnectionLost(thrown) || PostgresErrors.isConflict(thrown);
  }

  @Override
  public DatabaseException translate(String doing, Throwable thrown) {
    return PostgresErrors.translate(doing, description(), thrown);
  }

  private Connection connect() throws SQLException {
    return connect(url.properties());
  }

  private Connection connect(Properties properties) throws SQLException {
    Connection connection = DriverManager.getConnection(url.url(), properties);
    try {
      requireVersion(connection.getMetaData().getDatabaseMajorVersion());
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void requireVersion(int major) {
    if (major < OLDEST_MAJOR_VERSION) {
      throw new DatabaseException(
          Kind.MISCONFIGURED,
          "open database "
              + description()
              + ": the server is PostgreSQL "
              + major
              + "; use PostgreSQL "
              + OLDEST_MAJOR_VERSION
              + " or later");
    }
  }

  private static String query(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
