package dev.runlog.events.db;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Tells a follower of the log how far it may read without missing a late commit. */
@FunctionalInterface
public interface Tail {

  /**
   * The id up to which no further event will appear: each event with that id or a lower one is
   * visible to a read that begins after this returns, or will never be. It may be far below the
   * newest event, even 0, while a transaction is open that has written.
   */
  long readableUpTo();

  /**
   * Waits for the transactions that may still bring events up to an id.
   *
   * @return {@link #readableUpTo}; less than the id when the time is over or the thread is
   *     interrupted, which leaves the interrupt flag set
   */
  default long awaitReadable(long id, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    long readable = readableUpTo();
    while (readable < id
        && System.nanoTime() - deadline < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, Duration.ofMillis(25).toNanos());
      readable = readableUpTo();
    }
    return readable;
  }
}
