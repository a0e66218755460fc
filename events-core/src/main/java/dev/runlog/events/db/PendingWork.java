package dev.runlog.events.db;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A caller's own piece of work. */
final class PendingWork<T> extends PendingWrite<T> {

  private final Function<Transaction, T> work;
  private final boolean isOneStatement;
  private @Nullable Transaction transaction;

  /**
   * @param isOneStatement whether the work is a single statement, which some stores undo by
   *     themselves when it fails
   */
  PendingWork(Function<Transaction, T> work, boolean isOneStatement) {
    this.work = work;
    this.isOneStatement = isOneStatement;
  }

  @Override
  T resultOf(WriteConnection connection) {
    transaction = new Transaction(connection);
    return work.apply(transaction);
  }

  @Override
  boolean isOneStatement() {
    return isOneStatement;
  }

  /** What the work asked to be done after its commit. */
  void runAfterCommit() {
    if (transaction != null) {
      transaction.afterCommitActions().forEach(Runnable::run);
    }
  }
}
