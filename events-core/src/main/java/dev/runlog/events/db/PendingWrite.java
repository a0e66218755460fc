package dev.runlog.events.db;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A piece of work that waits for its transaction, and what became of it. */
final class PendingWrite<T> {

  private final Function<Transaction, T> work;
  private final boolean isOneStatement;
  private final CompletableFuture<T> committed = new CompletableFuture<>();
  private @Nullable Transaction transaction;
  private @Nullable T result;
  private @Nullable Throwable refusal;

  /**
   * @param isOneStatement whether the work is a single statement, which a store undoes by itself
   *     when it fails
   */
  PendingWrite(Function<Transaction, T> work, boolean isOneStatement) {
    this.work = work;
    this.isOneStatement = isOneStatement;
  }

  /** Does the work inside the open transaction and remembers how it went. */
  void perform(WriteConnection connection) throws SQLException {
    boolean undoable = !isOneStatement;
    Transaction mine = new Transaction(connection);
    if (undoable) {
      connection.savepoint();
    }
    try {
      result = work.apply(mine);
      transaction = mine;
    } catch (Throwable t) {
      refusal = t;
    }
    if (undoable) {
      endSavepoint(connection);
    } else if (refusal != null) {
      connection.forgetEventId();
    }
  }

  private void endSavepoint(WriteConnection connection) throws SQLException {
    if (refusal == null) {
      connection.releaseSavepoint();
    } else {
      connection.rollbackToSavepoint();
    }
  }

  /** Why the work was refused, empty when it was done. */
  Optional<Throwable> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Tells the caller: the transaction is committed, with this work unless it was refused. */
  @SuppressWarnings("NullAway") // the result is null only where the caller's T is
  void acknowledge() {
    if (refusal == null) {
      committed.complete(result);
    } else {
      committed.completeExceptionally(refusal);
    }
  }

  /** Tells the caller that nothing was written. */
  void failWith(Throwable cause) {
    committed.completeExceptionally(cause);
  }

  CompletableFuture<T> committed() {
    return committed;
  }

  /** What the work asked to be done after its commit. */
  void runAfterCommit() {
    if (transaction != null) {
      transaction.afterCommitActions().forEach(Runnable::run);
    }
  }
}
