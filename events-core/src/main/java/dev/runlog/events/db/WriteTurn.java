package dev.runlog.events.db;

import java.sql.SQLException;

/**
 * One writer's place among those that write to a file. It only keeps order: what keeps writers
 * apart is the database's own lock, so a turn that cannot be had is no danger. Used by one thread
 * at a time.
 */
interface WriteTurn extends AutoCloseable {

  /** No order at all. */
  WriteTurn AT_ONCE =
      new WriteTurn() {
        @Override
        public void take() {}

        @Override
        public boolean isTakenAtOnce() {
          return true;
        }

        @Override
        public void afterCommit() {}

        @Override
        public long lookOutNanos() {
          return 0;
        }

        @Override
        public void pass() {}

        @Override
        public void close() {}
      };

  /**
   * Waits for the turn, unless it is still held.
   *
   * @throws SQLException with SQLITE_BUSY when it did not come in time
   */
  void take() throws SQLException;

  /** Takes the turn if nobody else has it or waits for it; whether it is held now. */
  boolean isTakenAtOnce();

  /** Passes the turn on if it has lasted long enough. */
  void afterCommit();

  /**
   * How long it is worth to look out for more work before the turn is passed on, in nanoseconds; 0
   * when it is not held or nobody seems to wait for it.
   */
  long lookOutNanos();

  /** Passes the turn on, if it is held. */
  void pass();

  @Override
  void close();
}
