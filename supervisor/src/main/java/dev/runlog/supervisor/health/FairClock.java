package dev.runlog.supervisor.health;

import java.time.Duration;

/**
 * The clock by which others are found silent. It stands still while this process could not have
 * heard them: while it was suspended or stopped itself, and while the database was away. So a
 * laptop that wakes, or a database that comes back, costs nobody's life. Not thread-safe.
 */
final class FairClock {

  /** Whoever looks twice a second and then not for so long did not run in between. */
  static final Duration LONGEST_STEP = Duration.ofSeconds(5);

  private Duration time = Duration.ZERO;
  private long lastNanos;

  FairClock(long nowNanos) {
    this.lastNanos = nowNanos;
  }

  /**
   * Goes on to now.
   *
   * @param nowNanos the monotonic clock of this process
   * @param couldHear whether the others could be heard just now
   * @return the time, which only grows
   */
  Duration advance(long nowNanos, boolean couldHear) {
    Duration step = Duration.ofNanos(nowNanos - lastNanos);
    lastNanos = nowNanos;
    if (couldHear && step.compareTo(LONGEST_STEP) <= 0) {
      time = time.plus(step);
    }
    return time;
  }

  Duration time() {
    return time;
  }
}
