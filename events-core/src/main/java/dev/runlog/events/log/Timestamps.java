package dev.runlog.events.log;

import java.time.Instant;

/** The rule of timestamps: a clock that is not set, or counts in another unit, breaks it. */
final class Timestamps {

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private Timestamps() {}

  /**
   * Checks a time in Unix epoch milliseconds and returns it.
   *
   * @throws InvalidEventException when nothing that is logged can have happened then
   */
  static long require(long epochMillis) {
    if (epochMillis < EARLIEST.toEpochMilli() || epochMillis >= LATEST.toEpochMilli()) {
      throw new InvalidEventException(
          "timestamp "
              + epochMillis
              + " is outside reason: in milliseconds since 1970 it is "
              + Instant.ofEpochMilli(epochMillis)
              + ", not between "
              + EARLIEST
              + " and "
              + LATEST
              + "; nothing was written; set the clock of this machine");
    }
    return epochMillis;
  }
}
