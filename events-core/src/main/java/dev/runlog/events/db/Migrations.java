package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the schema of this program. Processes that start together queue at a lock on
 * a file of its own; the first one migrates, the others find the schema current. Flyway is loaded
 * only when there is something to migrate.
 */
final class Migrations {

  private static final String LOCATION = "classpath:dev/runlog/events/db/migration/sqlite";

  /** Within this JVM; the lock on the file is held by the JVM as a whole. */
  private static final Object THIS_JVM = new Object();

  private final Path file;
  private final SqliteConnections connections;

  Migrations(Path file, SqliteConnections connections) {
    this.file = file;
    this.connections = connections;
  }

  /**
   * Migrates if needed.
   *
   * @throws DatabaseException of kind MISCONFIGURED when the schema is of the future or of another
   *     program
   */
  void bringUpToDate() throws SQLException, IOException {
    if (isCurrent()) {
      return;
    }
    synchronized (THIS_JVM) {
      try (FileChannel channel = openLockFile();
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !isCurrent()) {
          migrate();
        }
      }
    }
  }

  /**
   * Checks that the schema is the one that this program knows.
   *
   * @throws DatabaseException of kind MISCONFIGURED when it is not
   */
  static void requireCurrent(Path file, Connection connection) throws SQLException {
    int version = SchemaVersion.of(connection);
    if (version == SchemaVersion.EMPTY || version == SchemaVersion.FOREIGN) {
      throw misconfigured(
          file, "it is no Runlog database; name another file with --db or RUNLOG_DB");
    }
    requireNotNewer(file, version);
    if (version < SchemaVersion.CURRENT) {
      throw misconfigured(
          file,
          "its schema has version "
              + version
              + ", this program reads version "
              + SchemaVersion.CURRENT
              + "; start a supervisor of this version once, it migrates the schema");
    }
  }

  private boolean isCurrent() throws SQLException {
    try (Connection connection = connections.openWriter()) {
      int version = SchemaVersion.of(connection);
      if (version == SchemaVersion.FOREIGN) {
        throw misconfigured(
            file,
            "it is a SQLite database of another program; name another file with --db or RUNLOG_DB");
      }
      requireNotNewer(file, version);
      return version == SchemaVersion.CURRENT;
    }
  }

  private void migrate() {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource("jdbc:sqlite:" + file, null, null)
        .locations(LOCATION)
        .load()
        .migrate();
  }

  private FileChannel openLockFile() throws IOException {
    Path directory = Files.createDirectories(LockFiles.directoryOf(file));
    return FileChannel.open(
        directory.resolve("schema.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void requireNotNewer(Path file, int version) {
    if (version > SchemaVersion.CURRENT) {
      throw misconfigured(
          file,
          "its schema has version "
              + version
              + ", this program knows versions up to "
              + SchemaVersion.CURRENT
              + "; use the newer program, or name another file with --db or RUNLOG_DB");
    }
  }

  private static DatabaseException misconfigured(Path file, String why) {
    return new DatabaseException(Kind.MISCONFIGURED, "open database " + file + ": " + why);
  }
}
