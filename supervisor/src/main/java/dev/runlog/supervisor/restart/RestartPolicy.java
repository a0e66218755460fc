package dev.runlog.supervisor.restart;

import java.time.Duration;

/**
 * How long a slot waits before its child is started again: the base doubled for each crash in a
 * row, at most the cap, plus a random part of up to the jitter. A child that stayed up for the
 * ready time ends the row.
 *
 * @param base the delay after the first crash
 * @param cap the longest delay, before jitter
 * @param jitter the largest part added, from 0 to 1
 * @param shortestReadyTime the least time up that ends a row of crashes
 */
public record RestartPolicy(
    Duration base, Duration cap, double jitter, Duration shortestReadyTime) {

  public static final RestartPolicy USUAL =
      new RestartPolicy(
          Duration.ofMillis(200), Duration.ofSeconds(30), 0.2, Duration.ofSeconds(60));

  private static final int MOST_DOUBLINGS = 30;

  /**
   * The delay before the next start.
   *
   * @param crashesInARow at least 1
   * @param random from 0 to 1, decides on the jitter
   */
  public Duration delayAfter(int crashesInARow, double random) {
    long capped = unjittered(crashesInARow).toMillis();
    return Duration.ofMillis(Math.round(capped * (1 + jitter * random)));
  }

  /**
   * Whether a child that stayed up so long ends a row of crashes: 60 s, and twice the delay that it
   * was started after.
   */
  public boolean isReadyAfter(Duration uptime, int crashesInARow) {
    Duration twiceTheDelay =
        crashesInARow == 0 ? Duration.ZERO : unjittered(crashesInARow).multipliedBy(2);
    Duration readyTime =
        twiceTheDelay.compareTo(shortestReadyTime) > 0 ? twiceTheDelay : shortestReadyTime;
    return uptime.compareTo(readyTime) >= 0;
  }

  private Duration unjittered(int crashesInARow) {
    long doubled = base.toMillis() << Math.min(crashesInARow - 1, MOST_DOUBLINGS);
    return Duration.ofMillis(Math.min(doubled, cap.toMillis()));
  }
}
