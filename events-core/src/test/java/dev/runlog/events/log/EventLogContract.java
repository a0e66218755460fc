package dev.runlog.events.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.StoreContract;
import dev.runlog.events.db.Database;
import dev.runlog.events.json.Json;
import dev.runlog.events.payload.ProcessStopped;
import dev.runlog.events.payload.TaskClaimed;
import dev.runlog.events.payload.UserEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class EventLogContract extends StoreContract {

  @Test
  void processStartedCarriesItsOwnIdAsRunId() {
    Emitter first = root("supervisor-main", "supervisor");
    Emitter second = childOf(first, "W00001", "worker");

    Event start = events.find(new EventId(second.runId().value())).orElseThrow();
    assertThat(start.runId().value()).isEqualTo(start.id().value());
    assertThat(start.emitter()).isEqualTo(second);
    assertThat(second.parentRunId()).contains(first.runId());
    assertThat(start.timestamp()).isEqualTo(NOW);
    assertThat(Json.readObject(start.payload().orElseThrow()).path("java_version").asText())
        .isEqualTo("17");
  }

  @Test
  void givesEachStartingProcessARunIdOfItsOwn() throws Exception {
    Set<RunId> runs = new HashSet<>();
    for (Future<Emitter> start : inParallel(16, i -> root("W" + i, "worker"))) {
      runs.add(start.get().runId());
    }
    assertThat(runs).hasSize(16);
    assertThat(events.ofType(EventType.PROCESS_STARTED))
        .hasSize(16)
        .allSatisfy(event -> assertThat(event.runId().value()).isEqualTo(event.id().value()));
  }

  @Test
  void keepsEachAppendedEventOnceAndInTheOrderOfItsThread() throws Exception {
    try (Database other = open()) {
      EventLog otherLog = new EventLog(other, clock);
      Emitter emitter = root("supervisor-main", "supervisor");
      List<Future<List<EventId>>> threads =
          inParallel(
              8,
              thread -> {
                EventLog mine = thread % 2 == 0 ? log : otherLog;
                List<EventId> ids = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                  ids.add(
                      mine.append(
                          emitter,
                          new UserEvent("step.taken", Map.of("thread", thread, "step", i))));
                }
                return ids;
              });
      Set<EventId> all = new HashSet<>();
      for (Future<List<EventId>> ids : threads) {
        assertThat(ids.get()).isSorted();
        all.addAll(ids.get());
      }
      assertThat(all).hasSize(400);
      assertThat(events.ofRun(emitter.runId()))
          .hasSize(401)
          .extracting(event -> event.id().value())
          .isSorted();
    }
  }

  @Test
  void writesAnEventAndTheStateThatItReportsTogetherOrNotAtAll() {
    Emitter emitter = root("supervisor-main", "supervisor");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                database.write(
                    transaction -> {
                      log.append(transaction, emitter, new TaskClaimed(1, "chat", 1));
                      throw new IllegalStateException("the state cannot change");
                    }));
    assertThat(events.ofType(EventType.TASK_CLAIMED)).isEmpty();
    assertThat(committed).extracting(Event::eventType).containsExactly("process.started");
  }

  @Test
  void reusesNoIdOfAnAcknowledgedEventAfterAFailure() {
    Emitter emitter = root("supervisor-main", "supervisor");
    EventId first = log.append(emitter, new TaskClaimed(1, "chat", 1));
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> log.append(emitter, new UserEvent("Broken Name", Map.of())));
    EventId second = log.append(emitter, new TaskClaimed(2, "chat", 1));
    assertThat(second).isGreaterThan(first);
    assertThat(events.ofRun(emitter.runId())).hasSize(3);
  }

  @Test
  void tellsItsListenerOfCommittedEventsOnly() {
    Emitter emitter = root("supervisor-main", "supervisor");
    log.append(emitter, new ProcessStopped(0, "completed", 5));
    assertThat(committed)
        .extracting(Event::eventType)
        .containsExactly("process.started", "process.stopped");
    assertThat(committed).isEqualTo(events.after(0, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "emoji 🦊 and 漢字",
        "nul \0 inside",
        "lone \ud83d high",
        "lone \udc00 low",
        "quote \" and \\ and \n"
      })
  void keepsAnyTextAsItWas(String text) {
    Emitter emitter = root("supervisor-main", "supervisor");
    EventId id = log.append(emitter, new UserEvent("note.taken", Map.of("text", text)));
    String payload = events.find(id).orElseThrow().payload().orElseThrow();
    assertThat(Json.readObject(payload).path("text").asText()).isEqualTo(text);
  }

  @Test
  void keepsSecretsOutOfTheTable() {
    Emitter emitter = root("supervisor-main", "supervisor");
    EventId id =
        log.append(
            emitter,
            new UserEvent(
                "request.sent",
                Map.of(
                    "own", "password hunter2-hunter2!",
                    "key", "sk-proj-abcdefghijklmnopqrstuvwx",
                    "header", "Authorization: Bearer abc.def-ghi_jkl")));
    String payload = events.find(id).orElseThrow().payload().orElseThrow();
    assertThat(payload).doesNotContain("hunter2", "abcdefghijkl", "abc.def").contains("[redacted]");
    assertThat(Json.readObject(payload).path("own").asText()).isEqualTo("password [redacted]!");
  }

  @Test
  void logsEventsOfTypesThatItDoesNotKnow() {
    Emitter root = root("orchestrator", "orchestrator");
    long id =
        log.logEvent(
            root.runId().value(),
            null,
            "orchestrator",
            "orchestrator",
            "plan.made",
            "{\"steps\": 3}");
    Emitter script = childOf(root, "python-1", "script");
    long bare =
        log.logEvent(
            script.runId().value(),
            root.runId().value(),
            "python-1",
            "script",
            "index.rebuilt",
            null);

    Event event = events.find(new EventId(id)).orElseThrow();
    assertThat(event.eventType()).isEqualTo("plan.made");
    assertThat(event.payload()).contains("{\"steps\":3}");
    assertThat(events.find(new EventId(bare)).orElseThrow().payload()).isEmpty();
    assertThat(EventType.ofWireName("plan.made")).isEmpty();
  }

  @Test
  void appendsWithoutWaitingInTheOrderOfTheThread() {
    Emitter emitter = root("supervisor-main", "supervisor");
    List<CompletableFuture<EventId>> futures = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      futures.add(log.appendAsync(emitter, new UserEvent("step.taken", Map.of("step", i))));
    }
    List<EventId> ids = futures.stream().map(CompletableFuture::join).toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(events.ofRun(emitter.runId())).hasSize(501);
    assertThat(committed).hasSize(501);
  }

  @Test
  void keepsTheOrderOfAThreadThatWaitsForSomeOfItsEvents() {
    Emitter emitter = root("supervisor-main", "supervisor");
    List<CompletableFuture<EventId>> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      UserEvent event = new UserEvent("step.taken", Map.of("step", i));
      ids.add(
          i % 3 == 0
              ? CompletableFuture.completedFuture(log.append(emitter, event))
              : log.appendAsync(emitter, event));
    }
    assertThat(ids.stream().map(CompletableFuture::join).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void losesOnlyTheBadEventOfThoseThatWaitTogether() {
    Emitter emitter = root("supervisor-main", "supervisor");
    CompletableFuture<EventId> before = log.appendAsync(emitter, new TaskClaimed(1, "chat", 1));
    CompletableFuture<EventId> tooLarge =
        log.appendAsync(emitter, new UserEvent("note.taken", Map.of("t", "x".repeat(2 << 20))));
    CompletableFuture<EventId> notSerialisable =
        log.appendAsync(emitter, new UserEvent("note.taken", Map.of("self", new Object())));
    CompletableFuture<EventId> after = log.appendAsync(emitter, new TaskClaimed(2, "chat", 1));

    assertThat(before.join()).isLessThan(after.join());
    assertThat(tooLarge)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("the limit is 1048576");
    assertThat(notSerialisable)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("cannot be written as JSON");
    assertThat(events.ofRun(emitter.runId())).hasSize(3);
  }

  @Test
  void writesWhatIsQueuedWhenItCloses() {
    List<CompletableFuture<EventId>> futures = new ArrayList<>();
    Emitter emitter = root("supervisor-main", "supervisor");
    try (Database other = open()) {
      EventLog otherLog = new EventLog(other, clock);
      for (int i = 0; i < 1000; i++) {
        futures.add(otherLog.appendAsync(emitter, new TaskClaimed(i, "chat", 1)));
      }
    }
    assertThat(futures).allSatisfy(future -> assertThat(future).isCompleted());
    assertThat(events.ofRun(emitter.runId())).hasSize(1001);
  }

  @Test
  void tellsOfAClosedLogByTheFuture() {
    Emitter emitter = root("supervisor-main", "supervisor");
    Database other = open();
    other.close();
    assertThat(new EventLog(other, clock).appendAsync(emitter, new TaskClaimed(1, "chat", 1)))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("the database is closed in this process; nothing was written");
  }

  @Test
  void letsWhatFollowsAnAppendAppendAgain() {
    Emitter emitter = root("supervisor-main", "supervisor");
    EventId second =
        log.appendAsync(emitter, new TaskClaimed(1, "chat", 1))
            .thenApply(first -> log.append(emitter, new TaskClaimed(2, "chat", 1)))
            .join();
    assertThat(events.find(second)).isPresent();
  }

  @Test
  void readsByRunBySubtreeByTypeAndAfterAnId() {
    Emitter orchestrator = root("orchestrator", "orchestrator");
    Emitter supervisor = childOf(orchestrator, "supervisor-main", "supervisor");
    Emitter worker = childOf(supervisor, "W00001", "worker");
    Emitter stranger = root("W00009", "worker");
    EventId claimed = log.append(worker, new TaskClaimed(1, "chat", 1));
    log.append(stranger, new TaskClaimed(2, "chat", 1));

    assertThat(events.ofRun(worker.runId()))
        .extracting(Event::eventType)
        .containsExactly("process.started", "task.claimed");
    assertThat(events.ofSubtree(supervisor.runId()))
        .extracting(Event::runId)
        .containsExactly(supervisor.runId(), worker.runId(), worker.runId());
    assertThat(events.ofSubtree(orchestrator.runId())).hasSize(4);
    assertThat(events.ofType(EventType.TASK_CLAIMED)).hasSize(2);
    assertThat(events.ofRun(worker.runId(), EventType.TASK_CLAIMED))
        .extracting(Event::id)
        .containsExactly(claimed);
    assertThat(events.after(claimed.value(), 10)).hasSize(1);
    assertThat(events.after(0, 2)).hasSize(2);
    assertThat(events.last(2))
        .extracting(Event::eventType)
        .containsExactly("task.claimed", "task.claimed");
    assertThat(events.childrenOf(supervisor.runId()))
        .extracting(Event::runId)
        .containsExactly(worker.runId());
    assertThat(events.childrenOf(supervisor.runId(), new EventId(worker.runId().value())))
        .isEmpty();
    assertThat(events.find(new EventId(999))).isEmpty();
  }

  @Test
  void findsTheBeginningAndTheEndOfARun() {
    Emitter first = root("W00001", "worker");
    Emitter second = root("W00002", "worker");
    EventId claimed = log.append(first, new TaskClaimed(1, "chat", 1));
    log.append(first, new ProcessStopped(0, "completed", 10));

    assertThat(events.startOf(first.runId()))
        .hasValueSatisfying(start -> assertThat(start.emitter()).isEqualTo(first));
    assertThat(events.startOf(new RunId(claimed.value()))).isEmpty();
    assertThat(events.hasStopped(first.runId())).isTrue();
    assertThat(events.hasStopped(second.runId())).isFalse();
  }

  @Test
  void feedsEachEventOfAnyProcessOnce() {
    try (Database other = open()) {
      EventFeed feed = EventFeed.after(other, 0);
      Emitter emitter = root("supervisor-main", "supervisor");
      assertThat(feed.next(Duration.ofSeconds(10)))
          .extracting(Event::runId)
          .containsExactly(emitter.runId());
      assertThat(feed.next(Duration.ZERO)).isEmpty();
      log.append(emitter, new ProcessStopped(0, "completed", 5));
      assertThat(feed.next(Duration.ofSeconds(10)))
          .extracting(Event::eventType)
          .containsExactly("process.stopped");
    }
  }

  @Test
  void readsBackTypedPayloads() {
    Emitter emitter = root("W00001", "worker");
    TaskClaimed claimed = new TaskClaimed(17, "chat", 2);
    Event event = events.find(log.append(emitter, claimed)).orElseThrow();
    assertThat(event.is(EventType.TASK_CLAIMED)).isTrue();
    assertThat(Json.read(event.payload().orElseThrow(), TaskClaimed.class)).isEqualTo(claimed);
    assertThat(event.emitter().parentRunId()).isEqualTo(Optional.empty());
  }

  private interface Step<T> {
    T run(int thread) throws Exception;
  }

  private static <T> List<Future<T>> inParallel(int threads, Step<T> step)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<java.util.concurrent.Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        calls.add(() -> step.run(thread));
      }
      return pool.invokeAll(calls);
    } finally {
      pool.shutdown();
    }
  }
}
