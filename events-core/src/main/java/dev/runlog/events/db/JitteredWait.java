package dev.runlog.events.db;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.sqlite.BusyHandler;

/**
 * Waits for SQLite's lock in short sleeps of random length. SQLite's own handler sleeps longer the
 * longer one has waited, so that who has waited longest asks least often.
 */
final class JitteredWait extends BusyHandler {

  private static final long SHORTEST_NANOS = Duration.ofMillis(1).toNanos() / 2;
  private static final long LONGEST_NANOS = 3 * SHORTEST_NANOS;

  private final LockDeadline deadline;

  JitteredWait(LockDeadline deadline) {
    this.deadline = deadline;
  }

  /** Whether SQLite shall ask for the lock once more: 1 or 0. */
  @Override
  protected int callback(int earlierCalls) {
    long left = deadline.leftNanos();
    if (left <= 0) {
      return 0;
    }
    long sleep = ThreadLocalRandom.current().nextLong(SHORTEST_NANOS, LONGEST_NANOS);
    SteadyPause.of(this, Math.min(sleep, left));
    return 1;
  }
}
