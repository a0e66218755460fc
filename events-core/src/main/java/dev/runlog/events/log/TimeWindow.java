package dev.runlog.events.log;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time.
 *
 * @param from its first instant, empty for the beginning of time
 * @param until the first instant after it, empty for the end of time
 */
public record TimeWindow(Optional<Instant> from, Optional<Instant> until) {

  public static final TimeWindow ALL = new TimeWindow(Optional.empty(), Optional.empty());

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException when it ends before it begins
   */
  public TimeWindow {
    if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
      throw new IllegalArgumentException(
          "a window from " + from.get() + " until " + until.get() + " ends before it begins");
    }
  }

  /** Whether every event is in it. */
  public boolean isAll() {
    return from.isEmpty() && until.isEmpty();
  }

  /** Its beginning in Unix epoch milliseconds, the smallest number when it has none. */
  public long fromMillis() {
    return from.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
  }

  /** The first millisecond after it, the largest number when it has no end. */
  public long untilMillis() {
    return until.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
  }

  public boolean contains(Instant instant) {
    long millis = instant.toEpochMilli();
    return fromMillis() <= millis && millis < untilMillis();
  }
}
