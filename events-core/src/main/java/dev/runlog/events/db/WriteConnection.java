package dev.runlog.events.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jooq.DSLContext;

/** The one connection of a process that writes, used by one thread at a time. */
sealed interface WriteConnection extends AutoCloseable
    permits SqliteWriteConnection, PostgresWriteConnection {

  /** Begins a transaction; nothing waits for a lock of the whole store afterwards. */
  void begin() throws SQLException;

  /**
   * Commits.
   *
   * @throws CommitInDoubtException when the connection was lost before the answer came
   */
  void commit() throws SQLException;

  void rollback() throws SQLException;

  void savepoint() throws SQLException;

  void releaseSavepoint() throws SQLException;

  void rollbackToSavepoint() throws SQLException;

  /**
   * Inserts events and gives them ids, ascending in their order.
   *
   * @return the ids
   */
  List<Long> insert(List<EventRow> rows) throws SQLException;

  /**
   * Inserts an event and commits it by one statement, without {@link #begin} and {@link #commit}.
   * When that fails, {@link #rollback} must follow.
   *
   * @return its id, empty where this event on this store needs a transaction; then nothing was done
   */
  default OptionalLong insertAndCommit(EventRow row) throws SQLException {
    return OptionalLong.empty();
  }

  /**
   * Keeps other transactions from the same section until this one ends, where transactions run side
   * by side.
   */
  void serialize(String section) throws SQLException;

  /**
   * Runs a statement that is prepared once for the life of the connection, and returns its rows.
   * They end with the next statement.
   */
  ResultSet query(String text, StatementValues values) throws SQLException;

  /** Tells of an event that a statement of the caller's own has inserted, with its id. */
  void hasInserted(long id, EventRow row);

  DSLContext sql();

  /** What became of a transaction whose COMMIT was not answered. */
  CommitFate fateOf(CommitInDoubtException commit) throws SQLException;

  /**
   * Whether a transaction can be begun without waiting for another process, on a thread that may be
   * interrupted at any moment. If so one must be begun, or {@link #idle} called.
   */
  default boolean isReadyAtOnce() {
    return false;
  }

  /**
   * How long it is worth to look out for more work before {@link #idle}, in nanoseconds; 0 for not
   * at all.
   */
  default long lookOutNanos() {
    return 0;
  }

  /** Nothing is to be written at the moment: others may have what this one kept for itself. */
  default void idle() {}

  @Override
  void close() throws SQLException;
}
