package dev.runlog.worker.outcome;

import java.time.Duration;

/**
 * How long a failed task waits for its next attempt: the base doubled for each attempt before, at
 * most the cap, less a random part of up to the jitter, so that tasks which failed together do not
 * come back together.
 *
 * @param base the wait after the first attempt
 * @param cap the longest wait
 * @param jitter the largest part taken off, from 0 to 1
 */
public record RetryPolicy(Duration base, Duration cap, double jitter) {

  public static final RetryPolicy USUAL =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.2);

  private static final int MOST_DOUBLINGS = 30;

  public RetryPolicy {
    if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "base " + base + " and cap " + cap + " are no range of waits");
    }
    if (jitter < 0 || jitter > 1) {
      throw new IllegalArgumentException("jitter " + jitter + " is not between 0 and 1");
    }
  }

  /**
   * The wait after a failed attempt.
   *
   * @param attempt the attempt that failed, counted from 1
   * @param random from 0 to 1, decides on the jitter
   */
  public Duration delayAfter(int attempt, double random) {
    long doubled = base.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
    long capped = Math.min(doubled, cap.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 - jitter * random)));
  }
}
