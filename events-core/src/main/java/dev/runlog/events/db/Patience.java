package dev.runlog.events.db;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long something is tried again, with pauses that grow from 50 ms to 1 s. Counts from the first
 * time that it is asked, which is the first failure: that alone may have taken longer.
 */
final class Patience {

  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Duration atMost;
  private @Nullable Long deadline;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  Patience(Duration atMost) {
    this.atMost = atMost;
  }

  boolean isOver() {
    long now = System.nanoTime();
    if (deadline == null) {
      deadline = now + atMost.toNanos();
    }
    return now - deadline >= 0;
  }

  void pause() {
    SteadyPause.of(this, pauseNanos);
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }
}
