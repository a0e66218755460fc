package dev.runlog.events.tasks;

import dev.runlog.events.StoreContract;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/** A queue with a console that submits, a supervisor, and its worker that claims. */
abstract class QueueContract extends StoreContract {

  static final Set<String> CHAT = Set.of("chat");

  TaskQueue queue;
  TaskQuery tasks;
  TaskKinds kinds;
  Emitter console;
  Emitter worker;
  Emitter supervisor;

  @BeforeEach
  void startProcesses() {
    queue = new TaskQueue(database, log, clock);
    tasks = new TaskQuery(database);
    kinds = new TaskKinds(database, log, clock);
    console = root("console", "console");
    supervisor = root("supervisor-main", "supervisor");
    worker = childOf(supervisor, "W00001", "worker");
  }

  final TaskId submit(String line) {
    return queue.submit(console, List.of(TaskLine.parse(line))).get(0).id();
  }

  final Claim claim() {
    return queue.claimNext(worker, CHAT).orElseThrow();
  }

  final Task task(TaskId id) {
    return tasks.find(id).orElseThrow();
  }

  /** Does the same on eight threads at once, over two connections. */
  final void fromManySides(Consumer<TaskQueue> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Database other = open()) {
      TaskQueue otherQueue = new TaskQueue(other, new EventLog(other, clock), clock);
      List<Future<?>> working = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TaskQueue mine = i % 2 == 0 ? queue : otherQueue;
        working.add(threads.submit(() -> work.accept(mine)));
      }
      for (Future<?> one : working) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  final Optional<Claim> completeAndClaimNext(TaskQueue of, Claim claim) {
    return of.completeAndClaimNext(worker, claim, "{}", () -> CHAT);
  }

  final List<String> typesOf(Emitter emitter) {
    return events.ofRun(emitter.runId()).stream()
        .map(Event::eventType)
        .collect(Collectors.toList());
  }
}
