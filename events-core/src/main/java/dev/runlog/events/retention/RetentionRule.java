package dev.runlog.events.retention;

import java.time.Instant;

/** What is to be kept. */
public sealed interface RetentionRule {

  /**
   * Keeps trees whose newest event was logged at that time or later.
   *
   * @param limit the oldest newest event that is kept
   */
  record NewerThan(Instant limit) implements RetentionRule {}

  /**
   * Keeps the newest trees: the oldest ones go until no more rows are left, as far as they may go.
   *
   * @param rows how many events are to be left
   */
  record AtMostRows(long rows) implements RetentionRule {
    public AtMostRows {
      if (rows < 0) {
        throw new IllegalArgumentException(rows + " rows cannot be kept; give 0 or more");
      }
    }
  }
}
