package dev.runlog.benchmarks.torture;

import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventType;
import java.time.Duration;

/**
 * Counts the tasks that are done from what is new in the table at each look: a count of all rows
 * many times a second would take the time that is measured. Not thread-safe.
 */
final class DoneTasks {

  private final EventFeed feed;
  private long count;

  /**
   * @param feed from before the first task was done
   */
  DoneTasks(EventFeed feed) {
    this.feed = feed;
  }

  /** How many are done by now, as far as it has read. */
  long count() {
    count += feed.next(Duration.ZERO).stream().filter(e -> e.is(EventType.TASK_DONE)).count();
    return count;
  }
}
