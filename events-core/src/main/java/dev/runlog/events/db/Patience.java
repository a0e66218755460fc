package dev.runlog.events.db;

import java.time.Duration;

/** How long something is tried again, with pauses that grow from 50 ms to 1 s. */
final class Patience {

  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final long deadline;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  Patience(Duration atMost) {
    this.deadline = System.nanoTime() + atMost.toNanos();
  }

  boolean isOver() {
    return System.nanoTime() - deadline >= 0;
  }

  void pause() {
    SteadyPause.of(this, pauseNanos);
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }
}
