package dev.runlog.events.db;

import dev.runlog.events.db.DatabaseException.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits what waits together, and makes sure that it is written once: what failed before its
 * COMMIT is tried again while the trouble may pass; what became of a COMMIT without an answer is
 * asked for before anybody is told. Used by one thread at a time.
 */
final class BatchWriter implements WriteQueue.Batches {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Store store;

  /** Null after it was lost, until the next attempt. */
  private @Nullable WriteConnection connection;

  private final AtomicLong commits = new AtomicLong();

  BatchWriter(Store store, WriteConnection connection) {
    this.store = store;
    this.connection = connection;
  }

  /** Commits the batch or fails it, and tells each caller which. */
  @Override
  public void write(List<PendingWrite<?>> batch, IntSupplier queuedBehind) {
    Patience patience = new Patience(PATIENCE);
    try {
      while (!isCommitted(batch, patience)) {
        patience.pause();
      }
    } catch (SQLException | DatabaseException e) {
      DatabaseException failure =
          store.translate(describe(batch.size(), queuedBehind.getAsInt()), e);
      batch.forEach(write -> write.failWith(failure));
      return;
    }
    batch.forEach(PendingWrite::acknowledge);
  }

  /** How many batches were committed so far; for any thread. */
  long commits() {
    return commits.get();
  }

  @Override
  public boolean isReadyAtOnce() {
    return connection != null && connection.isReadyAtOnce();
  }

  @Override
  public long lookOutNanos() {
    return connection == null ? 0 : connection.lookOutNanos();
  }

  @Override
  public void idle() {
    if (connection != null) {
      connection.idle();
    }
  }

  /**
   * The store undoes what was open on a connection that is closed; the next write opens another.
   */
  @Override
  public void abandon() throws SQLException {
    WriteConnection abandoned = connection;
    if (abandoned != null) {
      abandoned.close();
      connection = null;
    }
  }

  @Override
  public void close() throws SQLException {
    abandon();
  }

  /** Whether it is committed; false when it can be tried again, and nothing was written. */
  private boolean isCommitted(List<PendingWrite<?>> batch, Patience patience) throws SQLException {
    try {
      commit(batch);
      return true;
    } catch (CommitInDoubtException doubt) {
      return isCommitted(doubt, new Patience(PATIENCE));
    } catch (SQLException e) {
      rollBack(e);
      if (!store.isPassing(e) || patience.isOver()) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Savepoints are for a batch in which something was refused: SQLite copies every page that is
   * changed under one, which costs more than the inserts.
   */
  private void commit(List<PendingWrite<?>> batch) throws SQLException {
    WriteConnection open = connected();
    if (isCommittedByItsInsert(batch, open)) {
      commits.incrementAndGet();
      return;
    }
    BatchWork work = new BatchWork(store, open);
    open.begin();
    if (!work.isDoneTogether(batch)) {
      open.rollback();
      if (batch.size() == 1) {
        return;
      }
      open.begin();
      work.doApart(batch);
    }
    open.commit();
    commits.incrementAndGet();
  }

  /** Whether it was a lone event that needs no transaction around it, which is done then. */
  private static boolean isCommittedByItsInsert(List<PendingWrite<?>> batch, WriteConnection open)
      throws SQLException {
    if (batch.size() > 1 || !(batch.get(0) instanceof PendingEvent event)) {
      return false;
    }
    OptionalLong id = open.insertAndCommit(event.row());
    id.ifPresent(event::succeed);
    return id.isPresent();
  }

  /** Asks what became of a COMMIT until the server can tell. */
  private boolean isCommitted(CommitInDoubtException doubt, Patience patience) {
    drop(doubt);
    while (true) {
      try {
        CommitFate fate = connected().fateOf(doubt);
        if (fate != CommitFate.IN_PROGRESS) {
          return fate == CommitFate.COMMITTED;
        }
      } catch (SQLException e) {
        doubt.addSuppressed(e);
        drop(doubt);
      }
      if (patience.isOver()) {
        throw unresolved(doubt);
      }
      patience.pause();
    }
  }

  private DatabaseException unresolved(CommitInDoubtException doubt) {
    return new DatabaseException(
        Kind.UNAVAILABLE,
        "write: the connection was lost during COMMIT and the server could not be asked for "
            + PATIENCE.toSeconds()
            + " s what became of it; look at the table before writing again ("
            + store.description()
            + ")",
        doubt);
  }

  private WriteConnection connected() throws SQLException {
    WriteConnection open = connection;
    if (open == null) {
      open = store.openWriter();
      connection = open;
    }
    return open;
  }

  private void rollBack(SQLException cause) {
    if (connection == null) {
      return;
    }
    try {
      connection.rollback();
    } catch (SQLException e) {
      // SQLite has already rolled back, as it does when the disk is full.
      cause.addSuppressed(e);
      if (store.isPassing(e)) {
        drop(cause);
      }
    }
  }

  private void drop(SQLException cause) {
    try {
      abandon();
    } catch (SQLException e) {
      cause.addSuppressed(e);
      connection = null; // It is lost, which nobody can close any better.
    }
  }

  private static String describe(int count, int queuedBehind) {
    String writing = "write " + count + " waiting change(s)";
    return queuedBehind == 0 ? writing : writing + " (" + queuedBehind + " more stay queued)";
  }
}
