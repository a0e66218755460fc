package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/**
 * Opens connections to one SQLite file, each with its pragmas in the order that matters: the busy
 * timeout first, so that the rest can wait; then the journal mode; then how a commit is synced.
 */
final class SqliteConnections {

  /**
   * Below this version a WAL reset can race with a commit and lose it,
   * https://www.sqlite.org/wal.html#walresetbug
   */
  private static final String OLDEST_SAFE_VERSION = "3.51.3";

  private static final long JOURNAL_SIZE_LIMIT_BYTES = 64L * 1024 * 1024;

  private final Path file;
  private final Durability durability;
  private final Duration lockWait;

  SqliteConnections(Path file, Durability durability, Duration lockWait) {
    this.file = file;
    this.durability = durability;
    this.lockWait = lockWait;
  }

  /**
   * A connection that may write. The journal mode is set if it is not yet WAL, which only happens
   * to a new file or a copy.
   */
  Connection openWriter() throws SQLException {
    Connection connection = open(false);
    try (Statement statement = connection.createStatement()) {
      if (!journalMode(statement).equals("wal")) {
        setWal(statement);
      }
      statement.execute("PRAGMA synchronous = " + durability.sqliteSynchronous());
      statement.execute("PRAGMA journal_size_limit = " + JOURNAL_SIZE_LIMIT_BYTES);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** A connection of a process that also writes, refused any write of its own. */
  Connection openReader() throws SQLException {
    return queryOnly(open(false));
  }

  /** A connection of a process that only reads: the file itself is opened read-only. */
  Connection openReaderOnly() throws SQLException {
    return queryOnly(open(true));
  }

  private Connection open(boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    config.setBusyTimeout((int) lockWait.toMillis());
    config.setReadOnly(readOnly);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      requireSafeVersion(statement);
      statement.execute("PRAGMA mmap_size = 0");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection queryOnly(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
    }
    return connection;
  }

  private void setWal(Statement statement) throws SQLException {
    statement.execute("PRAGMA journal_mode = WAL");
    String mode = journalMode(statement);
    if (!mode.equals("wal")) {
      throw new DatabaseException(
          Kind.MISCONFIGURED,
          "open database "
              + file
              + ": SQLite keeps journal mode '"
              + mode
              + "' and refuses WAL; use a local disk");
    }
  }

  private static String journalMode(Statement statement) throws SQLException {
    return queryString(statement, "PRAGMA journal_mode");
  }

  private static void requireSafeVersion(Statement statement) throws SQLException {
    String version = queryString(statement, "SELECT sqlite_version()");
    if (Runtime.Version.parse(version).compareTo(Runtime.Version.parse(OLDEST_SAFE_VERSION)) < 0) {
      throw new DatabaseException(
          Kind.MISCONFIGURED,
          "SQLite "
              + version
              + " can lose commits in WAL mode; use sqlite-jdbc with SQLite "
              + OLDEST_SAFE_VERSION
              + " or later");
    }
  }

  private static String queryString(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
