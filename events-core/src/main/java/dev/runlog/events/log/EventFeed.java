package dev.runlog.events.log;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseException;
import dev.runlog.events.db.DatabaseException.Kind;
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

  /** As long as writers try again, and as long as a server takes to start. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration HOWEVER_LONG = Duration.ofDays(365);

  private final EventQuery query;
  private final Tail tail;
  private long lastId;
  private long heardOfStoreAt = System.nanoTime();

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
   * Follows what is not yet committed: all that can be read now is at {@link #lastId} or before.
   * Waits for the transactions that are open, since one of them may bring an event with a lower id
   * than the newest has; not if the thread is interrupted.
   */
  public static EventFeed fromNow(Database database) {
    EventQuery query = new EventQuery(database);
    Tail tail = database.tail();
    return new EventFeed(query, tail, tail.awaitReadable(query.lastId(), HOWEVER_LONG));
  }

  /** The id up to which it has read. */
  public long lastId() {
    return lastId;
  }

  /**
   * Waits for new events and returns them; returns none when the time is over or the thread is
   * interrupted, which leaves the interrupt flag set. A server that is not there is waited for, in
   * one call or over several, for up to 30 s.
   *
   * @throws DatabaseException when the store cannot be read, or not for so long
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

  /** None while the server is away, unless that takes too long. */
  private List<Event> readable() {
    try {
      List<Event> events = read();
      heardOfStoreAt = System.nanoTime();
      return events;
    } catch (DatabaseException e) {
      if (e.kind() != Kind.UNAVAILABLE
          || System.nanoTime() - heardOfStoreAt >= PATIENCE.toNanos()) {
        throw e;
      }
      return List.of();
    }
  }

  private List<Event> read() {
    long upTo = tail.readableUpTo();
    return upTo > lastId ? query.between(lastId, upTo, LARGEST_BATCH) : List.of();
  }
}
