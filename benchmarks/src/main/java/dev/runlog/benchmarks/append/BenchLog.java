package dev.runlog.benchmarks.append;

import dev.runlog.events.db.Database;
import dev.runlog.events.db.DatabaseSettings;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.ProcessStarted;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runlog itself: a log with one run that appends {@link SampleEvent}s. Thread-safe. */
public final class BenchLog implements AutoCloseable {

  private final Database database;
  private final EventLog log;
  private final Emitter emitter;

  private BenchLog(Database database) {
    this.database = database;
    this.log = new EventLog(database, InstantSource.system());
    this.emitter =
        log.start(Optional.empty(), "bench", "bench", new ProcessStarted("dev", 1, "bench", "", 0));
  }

  public static BenchLog open(DatabaseSettings settings) {
    return new BenchLog(Database.open(settings));
  }

  /** Appends one event and waits for its commit. */
  public int append() {
    log.append(emitter, SampleEvent.PAYLOAD);
    return 1;
  }

  /** Appends events in one transaction of their own. */
  public int appendTogether(int count) {
    return database.write(
        transaction -> {
          for (int i = 0; i < count; i++) {
            log.append(transaction, emitter, SampleEvent.PAYLOAD);
          }
          return count;
        });
  }

  /** Hands in events without waiting for each, and waits for the commit of all. */
  public int appendWithoutWaiting(int count) {
    List<CompletableFuture<EventId>> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(log.appendAsync(emitter, SampleEvent.PAYLOAD));
    }
    ids.forEach(CompletableFuture::join);
    return count;
  }

  /** How many transactions were committed so far. */
  public long commits() {
    return database.commits();
  }

  @Override
  public void close() {
    database.close();
  }
}
