package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runlog.events.PostgresDatabase;
import dev.runlog.events.PostgresServer;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.Transaction;
import dev.runlog.events.payload.ProcessStarted;
import dev.runlog.events.payload.UserEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  @Test
  void beginsWhereNothingCanAppearAnyMore() throws Exception {
    CompletableFuture<EventId> drawn = new CompletableFuture<>();
    CountDownLatch commits = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Database reader = postgres.open();
        Database late = postgres.open();
        Database early = postgres.open()) {
      Emitter emitter = start(early);
      Future<?> writer =
          threads.submit(
              () ->
                  late.write(
                      transaction -> {
                        drawn.complete(step(late, transaction, emitter));
                        await(commits);
                        return 1;
                      }));
      EventId late1 = drawn.get();
      EventId early1 = early.write(transaction -> step(early, transaction, emitter));
      assertThat(early1.value()).isGreaterThan(late1.value());

      Future<EventFeed> feed = threads.submit(() -> EventFeed.fromNow(reader));
      assertThatThrownBy(() -> feed.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      commits.countDown();
      writer.get();

      assertThat(feed.get().lastId()).isGreaterThanOrEqualTo(early1.value());
      EventId next = early.write(transaction -> step(early, transaction, emitter));
      assertThat(feed.get().next(Duration.ofSeconds(30)))
          .extracting(Event::id)
          .containsExactly(next);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void goesOnWhenTheServerIsBack() {
    try (Database reader = postgres.open();
        Database writer = postgres.open()) {
      Emitter emitter = start(writer);
      EventFeed feed = EventFeed.fromNow(reader);
      PostgresServer.require().crash();
      assertThat(feed.next(Duration.ofMillis(100))).isEmpty();

      EventId next = writer.write(transaction -> step(writer, transaction, emitter));
      assertThat(feed.next(Duration.ofSeconds(30))).extracting(Event::id).containsExactly(next);
    }
  }

  private static Emitter start(Database database) {
    return new EventLog(database, InstantSource.system())
        .start(Optional.empty(), "W00001", "worker", new ProcessStarted("1.0", 1, "host", "17", 0));
  }

  private static EventId step(Database database, Transaction transaction, Emitter emitter) {
    return new EventLog(database, InstantSource.system())
        .append(transaction, emitter, new UserEvent("step.taken", Map.of()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A writer with a connection of its own, whose transactions stay open for a while. */
  private List<EventId> writeWithPauses() {
    try (Database database = postgres.open()) {
      EventLog log = new EventLog(database, InstantSource.system());
      Emitter emitter = start(database);
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
