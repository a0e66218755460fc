package dev.runlog.benchmarks.feed;

import dev.runlog.benchmarks.append.SampleEvent;
import dev.runlog.benchmarks.measure.Sample;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventFeed;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** A log with one writer and one follower, each on a connection of its own. */
final class FollowedLog implements AutoCloseable {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Database database;
  private final EventLog log;
  private final Emitter emitter;
  private final ExecutorService follower = Executors.newSingleThreadExecutor();
  private long lastId;

  private FollowedLog(Database database) {
    this.database = database;
    this.log = new EventLog(database, InstantSource.system());
    this.emitter =
        log.start(Optional.empty(), "bench", "bench", new ProcessStarted("dev", 1, "bench", "", 0));
    this.lastId = emitter.runId().value();
  }

  static FollowedLog open(DatabaseSettings settings) {
    return new FollowedLog(Database.open(settings));
  }

  /** Milliseconds from the commits of events, appended one by one, to the follower. */
  Sample delays(int count, Duration pause) throws Exception {
    Future<Map<Long, Long>> arrivals = follow(feed -> arrivals(feed, count));
    Map<Long, Long> committed = new ConcurrentHashMap<>();
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(pause.toNanos());
      long id = log.append(emitter, SampleEvent.PAYLOAD).value();
      committed.put(id, System.nanoTime());
      lastId = id;
    }
    List<Double> millis = new ArrayList<>();
    // It may arrive before the writer has woken up, which is no delay at all.
    arrivals
        .get()
        .forEach((id, at) -> millis.add(Math.max(0, at - committed.getOrDefault(id, at)) / 1e6));
    return new Sample(millis);
  }

  private static Map<Long, Long> arrivals(EventFeed feed, int count) {
    Map<Long, Long> arrived = new ConcurrentHashMap<>();
    while (arrived.size() < count) {
      List<Event> events = feed.next(LONGEST_WAIT);
      if (events.isEmpty()) {
        throw new IllegalStateException(
            "no event has arrived for " + LONGEST_WAIT.toSeconds() + " s");
      }
      events.forEach(event -> arrived.put(event.id().value(), System.nanoTime()));
    }
    return arrived;
  }

  /** The share of one core that the follower's thread uses while nothing is logged. */
  double idleShare(Duration length) throws Exception {
    return follow(
            feed -> {
              long before = ownCpuNanos();
              feed.next(length);
              return (double) (ownCpuNanos() - before) / length.toNanos();
            })
        .get();
  }

  private static long ownCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private interface Following<T> {
    T follow(EventFeed feed) throws Exception;
  }

  private <T> Future<T> follow(Following<T> following) {
    EventFeed feed = EventFeed.after(database, lastId);
    Callable<T> work = () -> following.follow(feed);
    return follower.submit(work);
  }

  @Override
  public void close() {
    follower.shutdownNow();
    database.close();
  }
}
