package dev.runlog.events.db;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the processes that write to one SQLite file share its write lock. All are safe, they differ
 * in who waits how long; {@code docs/adr/0005-fairness.md} compares them.
 */
public enum WriteTurns {
  /** SQLite's own busy handler, whose sleeps grow from 1 to 100 ms the longer one has waited. */
  SQLITE,
  /** A busy handler that sleeps for 0.5 to 1.5 ms at random, however long one has waited. */
  JITTER,
  /** A queue at locks on a file beside the database; a turn is one transaction. */
  QUEUE,
  /** The same queue; a turn lasts up to a millisecond while its process has more to write. */
  QUEUE_WITH_LEASE;

  static final WriteTurns BY_DEFAULT = QUEUE_WITH_LEASE;

  private static final Duration LEASE = Duration.ofMillis(1);

  boolean usesOwnBusyHandler() {
    return this != SQLITE;
  }

  boolean areQueuedFor() {
    return this == QUEUE || this == QUEUE_WITH_LEASE;
  }

  /** A place for one more writer. */
  WriteTurn placeFor(Path file, LockDeadline deadline) {
    return switch (this) {
      case SQLITE, JITTER -> WriteTurn.AT_ONCE;
      case QUEUE -> new QueuedTurn(file, deadline, Duration.ZERO);
      case QUEUE_WITH_LEASE -> new QueuedTurn(file, deadline, LEASE);
    };
  }
}
