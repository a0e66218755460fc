package dev.runlog.events.db;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something that waits for its transaction, and what became of it. */
abstract sealed class PendingWrite<T> permits PendingWork, PendingEvent {

  private final CompletableFuture<T> committed = new CompletableFuture<>();
  private @Nullable T result;
  private @Nullable Throwable refusal;

  /** Does it inside the open transaction; it may be done again in another one. */
  final void perform(WriteConnection connection) throws SQLException {
    refusal = null;
    result = resultOf(connection);
  }

  abstract T resultOf(WriteConnection connection) throws SQLException;

  /** How many characters of payload it is known to hold, for the size of a batch. */
  int payloadChars() {
    return 0;
  }

  /** Whether it is a single statement or none. */
  abstract boolean isOneStatement();

  /** Remembers what was done for it together with others. */
  final void succeed(T done) {
    refusal = null;
    result = done;
  }

  /** Remembers that it cannot be done; the others of its transaction are not concerned. */
  final void refuse(Throwable cause) {
    refusal = cause;
  }

  /** Why it was refused, empty when it was done. */
  final Optional<Throwable> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Tells the caller: the transaction is committed, with this in it unless it was refused. */
  @SuppressWarnings("NullAway") // the result is null only where the caller's T is
  final void acknowledge() {
    if (refusal == null) {
      committed.complete(result);
    } else {
      committed.completeExceptionally(refusal);
    }
  }

  /** Tells the caller that nothing was written. */
  final void failWith(Throwable cause) {
    committed.completeExceptionally(cause);
  }

  final CompletableFuture<T> committed() {
    return committed;
  }
}
