package dev.runlog.events.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/**
 * The schema in a SQLite file. Processes that start together queue at a lock on a file of its own.
 */
final class SqliteSchema implements SchemaHome {

  /** Opens a connection that may read the schema. */
  interface Opener {
    Connection open() throws SQLException;
  }

  /** Within this JVM; the lock on the file is held by the JVM as a whole. */
  private static final Object THIS_JVM = new Object();

  private final Path file;
  private final Opener opener;

  SqliteSchema(Path file, Opener opener) {
    this.file = file;
    this.opener = opener;
  }

  @Override
  public String description() {
    return file.toString();
  }

  @Override
  public int version() throws SQLException {
    try (Connection connection = opener.open();
        Statement statement = connection.createStatement()) {
      if (number(
              statement, "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'")
          == 0) {
        return number(statement, "SELECT count(*) FROM sqlite_master") == 0
            ? SchemaVersion.EMPTY
            : SchemaVersion.FOREIGN;
      }
      return number(
          statement,
          "SELECT coalesce(max(cast(version AS INTEGER)), 0) FROM flyway_schema_history WHERE success = 1");
    }
  }

  @Override
  public int number(String sql) throws SQLException {
    try (Connection connection = opener.open();
        Statement statement = connection.createStatement()) {
      return number(statement, sql);
    }
  }

  @Override
  public String adviceWhenForeign() {
    return "it is a SQLite database of another program; name another file with --db or RUNLOG_DB";
  }

  @Override
  public String migrations() {
    return "classpath:dev/runlog/events/db/migration/sqlite";
  }

  /** Whoever creates the file sets its journal mode; one that exists is ours by then. */
  @Override
  public DataSource dataSource() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setJournalMode("WAL");
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  public void alone(Migration migration) throws SQLException, IOException {
    synchronized (THIS_JVM) {
      try (FileChannel channel = openLockFile();
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock on " + file + " was lost");
        }
        migration.run();
      }
    }
  }

  private FileChannel openLockFile() throws IOException {
    Path directory = Files.createDirectories(LockFiles.directoryOf(file));
    return FileChannel.open(
        directory.resolve("schema.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
