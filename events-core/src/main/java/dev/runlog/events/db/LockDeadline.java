package dev.runlog.events.db;

import java.time.Duration;

/** How long one attempt to write may wait, for its turn and for the lock together. */
final class LockDeadline {

  private final Duration atMost;
  private volatile long deadline;

  LockDeadline(Duration atMost) {
    this.atMost = atMost;
    start();
  }

  /** Begins to count anew. */
  void start() {
    deadline = System.nanoTime() + atMost.toNanos();
  }

  /** Zero or less once it is over. */
  long leftNanos() {
    return deadline - System.nanoTime();
  }
}
