package dev.runlog.events.db;

import java.sql.SQLException;
import java.util.Optional;

/** The connection was lost between COMMIT and its answer. */
final class CommitInDoubtException extends SQLException {

  /**
   * A row that the transaction wrote, which nobody else can have written just so.
   *
   * @param id id of the event
   * @param row its columns
   */
  record Witness(long id, EventRow row) {}

  private final long transactionId;

  // The record is not serializable, and nobody serializes this.
  private final transient Optional<Witness> witness;

  CommitInDoubtException(long transactionId, Optional<Witness> witness, SQLException cause) {
    super("the connection was lost during COMMIT", cause.getSQLState(), cause);
    this.transactionId = transactionId;
    this.witness = witness;
  }

  long transactionId() {
    return transactionId;
  }

  Optional<Witness> witness() {
    return witness;
  }
}
