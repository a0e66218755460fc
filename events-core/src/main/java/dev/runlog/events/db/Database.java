package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * One process's access to the tables: many readers, one writer thread that commits what waits
 * together. Thread-safe. Whoever opens it closes it; closing writes what is queued.
 */
public final class Database implements AutoCloseable {

  private final Path file;
  private final Optional<WriteQueue> writes;
  private final ReadConnections reads;

  private Database(Path file, Optional<WriteQueue> writes, ReadConnections reads) {
    this.file = file;
    this.writes = writes;
    this.reads = reads;
  }

  /**
   * Opens a database for reading and writing, creates it where there is none and brings its schema
   * up to date.
   *
   * @throws DatabaseException when it cannot be opened; the message says what to do
   */
  public static Database open(DatabaseSettings settings) {
    Path file = settings.file();
    SqliteFile.requireWritablePlace(file);
    SqliteConnections connections = new SqliteConnections(file, settings.durability());
    return opening(
        file,
        () -> {
          new Migrations(file, connections).bringUpToDate();
          WriteConnection writer = new WriteConnection(connections.openWriter());
          return new Database(
              file,
              Optional.of(new WriteQueue(file, writer)),
              new ReadConnections(connections::openReader));
        });
  }

  /**
   * Opens a database for reading only: it is neither created nor migrated, and writes are refused.
   *
   * @throws DatabaseException when it cannot be opened; the message says what to do
   */
  public static Database openReadOnly(DatabaseSettings settings) {
    Path file = settings.file();
    SqliteFile.requireExisting(file);
    SqliteConnections connections = new SqliteConnections(file, settings.durability());
    return opening(
        file,
        () -> {
          try (Connection connection = connections.openReaderOnly()) {
            Migrations.requireCurrent(file, connection);
          }
          return new Database(
              file, Optional.empty(), new ReadConnections(connections::openReaderOnly));
        });
  }

  /** The SQLite file. */
  public Path file() {
    return file;
  }

  /**
   * Does some work in a transaction and returns when it is committed. Work of several threads may
   * share a transaction; each piece of it is undone alone when it throws.
   *
   * @throws DatabaseException when the store fails; nothing was written
   */
  public <T> T write(Function<Transaction, T> work) {
    return await(new PendingWrite<>(work, false));
  }

  /**
   * Like {@link #write} for work that is one statement or none, which needs no savepoint of its
   * own.
   *
   * @throws DatabaseException when the store fails; nothing was written
   */
  public <T> T writeOneStatement(Function<Transaction, T> work) {
    return await(new PendingWrite<>(work, true));
  }

  /**
   * Reads on one snapshot. Keep the work short, the store cannot reclaim what a long reader may
   * still see.
   *
   * @throws DatabaseException when the store fails
   */
  public <T> T read(Function<DSLContext, T> work) {
    try {
      return reads.read(work);
    } catch (SQLException | DataAccessException e) {
      throw SqliteErrors.translate("read", file, e);
    }
  }

  /** Renders SQL as text, to be run through {@link Transaction#prepared}. */
  public DSLContext text() {
    return Dialects.sqliteText();
  }

  @Override
  public void close() {
    writes.ifPresent(WriteQueue::close);
    try {
      reads.close();
    } catch (SQLException e) {
      throw SqliteErrors.translate("close database", file, e);
    }
  }

  private <T> T await(PendingWrite<T> write) {
    writes
        .orElseThrow(
            () ->
                new DatabaseException(
                    Kind.FAILED, "write: the database was opened for reading only (" + file + ")"))
        .add(write);
    T result = join(write.committed());
    write.runAfterCommit();
    return result;
  }

  /**
   * Waits for the commit even when interrupted: the work is queued and will be done, so the caller
   * must learn how it went.
   */
  private <T> T join(CompletableFuture<T> committed) {
    try {
      return committed.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof DataAccessException || cause instanceof SQLException) {
        throw SqliteErrors.translate("write", file, cause);
      }
      if (cause instanceof DatabaseException shared) {
        // One failure may be shared by a whole batch; each caller gets a stack trace of its own.
        throw new DatabaseException(shared.kind(), String.valueOf(shared.getMessage()), shared);
      }
      if (cause instanceof RuntimeException refused) {
        refused.addSuppressed(e);
        throw refused;
      }
      throw new DatabaseException(Kind.FAILED, "write: " + cause, cause);
    }
  }

  /** Something that opens a database and may fail in each way that the libraries below know. */
  private interface Opening {
    Database open() throws SQLException, IOException;
  }

  private static Database opening(Path file, Opening opening) {
    QuietLibraries.apply();
    try {
      return opening.open();
    } catch (SQLException | IOException | FlywayException | DataAccessException e) {
      throw SqliteErrors.translate("open database", file, e);
    }
  }
}
