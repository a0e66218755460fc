package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.flywaydb.core.api.FlywayException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * One process's access to the tables, whichever store holds them: many readers, one connection that
 * writes and commits what waits together. Thread-safe. Whoever opens it closes it; closing writes
 * what is queued.
 */
public final class Database implements AutoCloseable {

  private final Store store;
  private final Path localPath;
  private final Optional<WriteQueue> writes;
  private final ReadConnections reads;
  private final LongSupplier commits;
  private final Acknowledger acknowledger = new Acknowledger();

  private Database(
      Store store,
      Path localPath,
      Optional<WriteQueue> writes,
      ReadConnections reads,
      LongSupplier commits) {
    this.store = store;
    this.localPath = localPath;
    this.writes = writes;
    this.reads = reads;
    this.commits = commits;
  }

  /**
   * Opens a database for reading and writing, creates its tables where there are none and brings
   * its schema up to date.
   *
   * @throws DatabaseException when it cannot be opened; the message says what to do
   */
  public static Database open(DatabaseSettings settings) {
    return open(Store.of(settings), settings.localPath());
  }

  /**
   * Like {@link #open(DatabaseSettings)}, with another way of taking turns, to compare them.
   *
   * @throws IllegalArgumentException when the settings name no SQLite file
   */
  public static Database open(DatabaseSettings settings, WriteTurns turns) {
    Path file =
        settings
            .file()
            .orElseThrow(
                () -> new IllegalArgumentException(settings.description() + " is no SQLite file"));
    return open(new SqliteStore(file, settings.durability(), turns), file);
  }

  static Database open(Store store, Path localPath) {
    return opening(
        store,
        () -> {
          store.prepareForWriting();
          BatchWriter batches = new BatchWriter(store, store.openWriter());
          return new Database(
              store,
              localPath,
              Optional.of(new WriteQueue(store.description(), batches)),
              new ReadConnections(store, store::openReader),
              batches::commits);
        });
  }

  /**
   * Opens a database for reading only: it is neither created nor migrated, and writes are refused.
   *
   * @throws DatabaseException when it cannot be opened; the message says what to do
   */
  public static Database openReadOnly(DatabaseSettings settings) {
    Store store = Store.of(settings);
    return opening(
        store,
        () -> {
          store.prepareForReading();
          return new Database(
              store,
              settings.localPath(),
              Optional.empty(),
              new ReadConnections(store, store::openReaderOnly),
              () -> 0);
        });
  }

  /**
   * The path beside which this machine keeps locks and logs: {@link DatabaseSettings#localPath}.
   */
  public Path localPath() {
    return localPath;
  }

  /** The place of the tables as people are told it: a path, or a URL without a password. */
  public String description() {
    return store.description();
  }

  /**
   * Does some work in a transaction and returns when it is committed. Work of several threads may
   * share a transaction; each piece of it is undone alone when it throws. Where a transaction was
   * lost before its commit the work is done again in another one, so it must change nothing but the
   * tables.
   *
   * @throws DatabaseException when the store fails; nothing was written
   */
  public <T> T write(Function<Transaction, T> work) {
    return await(new PendingWork<>(work, false));
  }

  /**
   * Like {@link #write} for work that is one statement or none, which a store that undoes a failed
   * statement by itself does without a savepoint.
   *
   * @throws DatabaseException when the store fails; nothing was written
   */
  public <T> T writeOneStatement(Function<Transaction, T> work) {
    return await(new PendingWork<>(work, true));
  }

  /**
   * Inserts an event and returns its id when it is committed.
   *
   * @throws DatabaseException when the store fails; nothing was written
   */
  public long insertEvent(EventRow row) {
    PendingEvent event = new PendingEvent(row);
    queue().write(event);
    return join(event.committed());
  }

  /**
   * Queues an event and returns at once, unless the queue is full: then it waits for room.
   *
   * @return its id, once it is committed, or a {@link DatabaseException}; what depends on the
   *     future runs on a thread that is not the writer's
   */
  public CompletableFuture<Long> insertEventAsync(EventRow row) {
    PendingEvent event = new PendingEvent(row);
    queue().add(event);
    return event
        .committed()
        .handleAsync(
            (id, failure) -> {
              if (failure != null) {
                throw explained(failure);
              }
              return id;
            },
            acknowledger);
  }

  /**
   * Reads on one snapshot. Keep the work short, the store cannot reclaim what a long reader may
   * still see. The work is done again where its connection turns out to be lost.
   *
   * @throws DatabaseException when the store fails
   */
  public <T> T read(Function<DSLContext, T> work) {
    return reads.read(work);
  }

  /** How far a follower of the log may read. Each follower takes one of its own. */
  public Tail tail() {
    return store.tail(reads);
  }

  /** Keeps a name single among all that share the database; not held yet. */
  public NameLock nameLock(String name) {
    return store.nameLock(name);
  }

  /**
   * How many transactions this opening of the database has committed. The writes that callers made
   * meanwhile, divided by it, are how many shared a commit.
   */
  public long commits() {
    return commits.getAsLong();
  }

  @Override
  public void close() {
    writes.ifPresent(WriteQueue::close);
    acknowledger.close();
    try {
      reads.close();
    } catch (SQLException e) {
      throw store.translate("close database", e);
    }
  }

  private <T> T await(PendingWork<T> work) {
    queue().add(work);
    T result = join(work.committed());
    work.runAfterCommit();
    return result;
  }

  private WriteQueue queue() {
    return writes.orElseThrow(
        () ->
            new DatabaseException(
                Kind.FAILED,
                "write: the database was opened for reading only (" + store.description() + ")"));
  }

  /**
   * Waits for the commit even when interrupted: the work is queued and will be done, so the caller
   * must learn how it went.
   */
  private <T> T join(CompletableFuture<T> committed) {
    try {
      return committed.join();
    } catch (CompletionException e) {
      throw explained(e);
    }
  }

  private RuntimeException explained(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof DataAccessException || cause instanceof SQLException) {
      return store.translate("write", cause);
    }
    if (cause instanceof DatabaseException shared) {
      // One failure may be shared by a whole batch; each caller gets a stack trace of its own.
      return new DatabaseException(shared.kind(), String.valueOf(shared.getMessage()), shared);
    }
    if (cause instanceof RuntimeException refused) {
      if (failure != refused) {
        refused.addSuppressed(failure);
      }
      return refused;
    }
    return new DatabaseException(Kind.FAILED, "write: " + cause, cause);
  }

  /** Something that opens a database and may fail in each way that the libraries below know. */
  private interface Opening {
    Database open() throws SQLException, IOException;
  }

  private static Database opening(Store store, Opening opening) {
    try {
      return opening.open();
    } catch (SQLException | IOException | FlywayException | DataAccessException e) {
      throw store.translate("open database", e);
    }
  }
}
