package dev.runlog.events.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;

/** All that differs between the kinds of databases that can hold the tables. Thread-safe. */
sealed interface Store permits SqliteStore, PostgresStore {

  /** The store that the settings name. Nothing is touched yet. */
  static Store of(DatabaseSettings settings) {
    return settings
        .file()
        .<Store>map(file -> new SqliteStore(file, settings.durability()))
        .orElseGet(() -> new PostgresStore(PostgresUrl.of(settings)));
  }

  /** Its place as people are told it, without a password. */
  String description();

  /**
   * Makes the place ready for reading and writing: creates what is missing, migrates the schema.
   *
   * @throws DatabaseException when it cannot be; the message says what to do
   */
  void prepareForWriting() throws SQLException, IOException;

  /**
   * Checks that the tables can be read as they are.
   *
   * @throws DatabaseException when not; the message says what to do
   */
  void prepareForReading() throws SQLException;

  /** Opens the one connection that writes. */
  WriteConnection openWriter() throws SQLException;

  /** Opens a connection that is refused any write, of a process that also writes. */
  Connection openReader() throws SQLException;

  /** Opens a connection that is refused any write, of a process that only reads. */
  Connection openReaderOnly() throws SQLException;

  /** SQL by jOOQ on a connection of this store. */
  DSLContext sql(Connection connection);

  /** The SQL that begins a read on one snapshot. */
  String beginSnapshot();

  /** What a follower of the log may read. */
  Tail tail(ReadConnections reads);

  /** Keeps a name single among all that share this store; not held yet. */
  NameLock nameLock(String name);

  /**
   * Whether a failed statement undoes itself and leaves its transaction usable; if not, only a
   * savepoint before it saves the work of others.
   */
  boolean undoesFailedStatementsAlone();

  /** Whether a failure has ended the whole transaction, whatever was saved in it. */
  boolean endsTransaction(Throwable thrown);

  /**
   * Whether something failed because the connection is gone or the server chose this transaction as
   * the victim of a conflict: the same work may well be done on another attempt.
   */
  boolean isPassing(Throwable thrown);

  /**
   * The exception to throw for one that came out of JDBC, jOOQ or Flyway while something was being
   * done.
   */
  DatabaseException translate(String doing, Throwable thrown);
}
