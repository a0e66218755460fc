package dev.runlog.events.log;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.Tail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows the log: each event once, in the order of the ids, soon after its commit, whichever
 * process wrote it. Not thread-safe; one feed for each follower.
 */
public final class EventFeed {

  private static final Duration POLL = Duration.ofMillis(25);
  private static final int LARGEST_BATCH = 1000;

  private final EventQuery query;
  private final Tail tail;
  private long lastId;

  private EventFeed(EventQuery query, Tail tail, long lastId) {
    this.query = query;
    this.tail = tail;
    this.lastId = lastId;
  }

  /** Follows what comes after an id, 0 for the beginning. */
  public static EventFeed after(Database database, long id) {
    return new EventFeed(new EventQuery(database), database.tail(), id);
  }

  /**
   * Waits for new events and returns them; returns none when the time is over or the thread is
   * interrupted, which leaves the interrupt flag set.
   */
  public List<Event> next(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      List<Event> events = readable();
      if (!events.isEmpty()) {
        lastId = events.get(events.size() - 1).id().value();
        return events;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return List.of();
      }
      LockSupport.parkNanos(this, Math.min(left, POLL.toNanos()));
    }
  }

  private List<Event> readable() {
    long upTo = tail.readableUpTo();
    return upTo > lastId ? query.between(lastId, upTo, LARGEST_BATCH) : List.of();
  }
}
