package dev.runlog.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import dev.runlog.it.kit.Events;
import java.util.List;

/**
 * Looks at the newest event again and again while others write. A release of a task and the crash
 * that caused it are one transaction, so no snapshot may end between the two.
 */
final class TornReads implements AutoCloseable {

  private final Events events;
  private final Thread reader = new Thread(this::read, "torn-reads");
  private volatile boolean stopped;
  private volatile List<Event> torn = List.of();
  private volatile long looks;

  private TornReads(Events events) {
    this.events = events;
  }

  static TornReads watch(Events events) {
    TornReads watch = new TornReads(events);
    watch.reader.start();
    return watch;
  }

  /** Ends the watch and fails if a snapshot was torn. */
  void assertNone() throws InterruptedException {
    close();
    reader.join();
    assertThat(looks).isPositive();
    assertThat(torn).as("snapshots that end in a release without its crash").isEmpty();
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void read() {
    long count = 0;
    while (!stopped) {
      List<Event> newest = events.last(1);
      if (!newest.isEmpty() && newest.get(0).is(EventType.TASK_RELEASED)) {
        torn = newest;
      }
      looks = ++count;
    }
  }
}
