package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.db.Database;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.UserEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PostgresEventFeedTest {

  private static final int WRITERS = 16;
  private static final int TRANSACTIONS = 40;

  private final PostgresDatabase postgres = new PostgresDatabase();

  @Test
  void missesNoCommitThatComesLaterThanAHigherId() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try (Database reader = postgres.open()) {
      EventFeed feed = EventFeed.after(reader, 0);
      List<Future<List<EventId>>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(this::writeWithPauses));
      }
      List<EventId> seen = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (seen.size() < WRITERS * (1 + 2 * TRANSACTIONS) && System.nanoTime() < deadline) {
        feed.next(Duration.ofSeconds(1)).forEach(event -> seen.add(event.id()));
      }
      List<EventId> written = new ArrayList<>();
      for (Future<List<EventId>> writer : writers) {
        written.addAll(writer.get());
      }
      assertThat(seen).isSorted().containsExactlyInAnyOrderElementsOf(written);
    } finally {
      threads.shutdownNow();
    }
  }

  /** A writer with a connection of its own, whose transactions stay open for a while. */
  private List<EventId> writeWithPauses() {
    try (Database database = postgres.open()) {
      EventLog log = new EventLog(database, InstantSource.system());
      Emitter emitter =
          log.start(
              Optional.empty(), "W00001", "worker", new ProcessStarted("1.0", 1, "host", "17", 0));
      List<EventId> ids = new ArrayList<>();
      ids.add(new EventId(emitter.runId().value()));
      for (int i = 0; i < TRANSACTIONS; i++) {
        ids.addAll(
            database.write(
                transaction -> {
                  EventId first =
                      log.append(transaction, emitter, new UserEvent("step.taken", Map.of()));
                  LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(15_000_000));
                  EventId second =
                      log.append(transaction, emitter, new UserEvent("step.taken", Map.of()));
                  return List.of(first, second);
                }));
      }
      return ids;
    }
  }
}
