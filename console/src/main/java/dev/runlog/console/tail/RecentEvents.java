package dev.runlog.console.tail;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventQuery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds the newest events that pass a filter, by reading the log backwards in short pieces: no
 * piece keeps a snapshot open for long, and a common event is found without reading far.
 */
public final class RecentEvents {

  private static final int PIECE = 2000;

  private final EventQuery query;

  public RecentEvents(EventQuery query) {
    this.query = query;
  }

  /**
   * At most so many events up to an id, in ascending order.
   *
   * @param lastId the newest id to look at
   */
  public List<Event> upTo(long lastId, int limit, EventFilter filter) {
    Deque<Event> found = new ArrayDeque<>();
    long end = lastId;
    while (end > 0 && found.size() < limit) {
      long start = Math.max(0, end - PIECE);
      addNewest(query.after(start, PIECE), end, limit, filter, found);
      end = start;
    }
    return List.copyOf(found);
  }

  private static void addNewest(
      List<Event> piece, long end, int limit, EventFilter filter, Deque<Event> found) {
    for (int i = piece.size() - 1; i >= 0 && found.size() < limit; i--) {
      Event event = piece.get(i);
      if (event.id().value() <= end && filter.test(event)) {
        found.addFirst(event);
      }
    }
  }
}
