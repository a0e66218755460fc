package dev.runlog.events.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runlog.events.StoreContract;
import dev.runlog.events.db.Database;
import dev.runlog.events.db.EventRow;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventId;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventType;
import dev.runlog.events.payload.EventsPruned;
import dev.runlog.events.payload.LlmCallStarted;
import dev.runlog.events.payload.ProcessStopped;
import dev.runlog.events.payload.UserEvent;
import dev.runlog.events.retention.Pruning;
import dev.runlog.events.retention.RetentionRule.AtMostRows;
import dev.runlog.events.stats.CallTotals;
import dev.runlog.events.tasks.Claim;
import dev.runlog.events.tasks.ReleaseCause;
import dev.runlog.events.tasks.TaskId;
import dev.runlog.events.tasks.TaskQueue;
import dev.runlog.events.tasks.TaskSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class VerificationContract extends StoreContract {

  private static final int WRITERS = 3;

  private TaskQueue queue;
  private Emitter worker;

  @BeforeEach
  void workOffSomeTasks() {
    queue = new TaskQueue(database, log, clock);
    Emitter console = root("console", "console");
    worker = root("W00001", "worker");
    queue.submit(console, List.of("1", "2", "3", "4").stream().map(TaskSpec::prompt).toList());
    complete();
    queue.fail(worker, claim(), "broken", Optional.of(now));
    queue.release(worker, claim(), ReleaseCause.SHUTDOWN);
    queue.fail(worker, claim(), "broken", Optional.empty());
    queue.retry(console, new TaskId(2));
    queue.cancel(console, new TaskId(3));
    call(5);
    log.append(console, new ProcessStopped(0, "completed", 1));
  }

  @Test
  void findsNothingInWhatTheProgramsWrote() {
    assertThat(new Verification(database).run())
        .allSatisfy(finding -> assertThat(finding.examples()).isEmpty())
        .extracting(Finding::check)
        .containsExactly("store", "runs", "tasks", "endings", "call_totals");
  }

  @Test
  void findsNothingAfterTreesOfEitherSideWerePruned() {
    complete();
    log.append(worker, new ProcessStopped(0, "completed", 1));
    root("other", "worker");
    Emitter pruner = root("console", "console");
    prune(pruner, 16);
    assertThat(events.ofRun(worker.runId())).isEmpty();

    findsNothingInWhatTheProgramsWrote();
  }

  @Test
  void findsNothingWhileOthersWorkAndOldTreesGo() throws Exception {
    endTreeOf(3000);
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try {
      List<Future<Integer>> others = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String name = "W1000" + i;
        others.add(threads.submit(() -> workUntil(isOver, name)));
      }
      for (int i = 0; i < 5; i++) {
        findsNothingInWhatTheProgramsWrote();
      }
      Future<?> pruner = threads.submit(() -> prune(root("console", "console"), 1000));
      do {
        findsNothingInWhatTheProgramsWrote();
      } while (!pruner.isDone());
      pruner.get();
      findsNothingInWhatTheProgramsWrote();
      isOver.set(true);
      for (Future<Integer> other : others) {
        assertThat(other.get()).isPositive();
      }
      assertThat(events.ofType(EventType.EVENTS_PRUNED)).hasSize(1);
    } finally {
      isOver.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  void findsAnEventOfARunThatNeverStarted() {
    insertEventOfRun(4711);

    assertThat(examples("runs"))
        .containsExactly(
            "event " + events.lastId() + " is of run 4711, which never logged its start");
  }

  @Test
  void findsATaskThatIsNotWhereItsEventsLeftIt() {
    execute("UPDATE tasks SET state = 'done', finished_at = 0 WHERE id = 2");
    execute("DELETE FROM tasks WHERE id = 3");

    assertThat(examples("tasks"))
        .containsExactly(
            "task 2 is done, its events say queued",
            "task 3 has events and is not in the table of tasks");
  }

  @Test
  void findsATaskThatWasDoneTwice() {
    Map<String, Object> done = Map.of("task_id", 1, "started_event_id", 7);
    EventId twice = log.append(worker, new UserEvent("task.done", done));

    assertThat(examples("tasks"))
        .containsExactly("event " + twice + " (task.done): task 1 was done by the event before");
    assertThat(examples("endings"))
        .containsExactly("event " + twice + " (task.done) ends event 7, which has ended before");
  }

  @Test
  void findsAnEndOfNothing() {
    EventId orphan =
        log.append(worker, new UserEvent("llm_call.failed", Map.of("started_event_id", 1)));

    assertThat(examples("endings"))
        .containsExactly(
            "event " + orphan + " (llm_call.failed) ends event 1, which is no llm_call.started");
  }

  @Test
  void findsSumsThatAreNotWhatTheEventsSayAndRebuildsThem() {
    now = NOW.plus(Duration.ofHours(5));
    call(7);
    execute("UPDATE call_totals SET input_tokens = 6 WHERE input_tokens = 5");
    execute("DELETE FROM call_latencies");

    assertThat(examples("call_totals"))
        .containsExactly(
            "the sums of run 2 (W00001) with model m in the hour from 2030-01-31T12:00:00Z"
                + " are not what its events say",
            "the sums of run 2 (W00001) with model m in the hour from 2030-01-31T17:00:00Z"
                + " are not what its events say");

    new CallTotals(database).rebuild();
    assertThat(examples("call_totals")).isEmpty();
  }

  @Test
  void findsSumsWithoutAnyEvent() {
    execute("UPDATE call_totals SET hour = 0");

    assertThat(finding("call_totals").differences()).isEqualTo(2);
    new CallTotals(database).rebuild();
    assertThat(examples("call_totals")).isEmpty();
  }

  @Test
  void doesNotTakeAPrunedHistoryForAContradiction() {
    execute("DELETE FROM events WHERE event_type IN ('task.claimed', 'task.done', 'task.failed')");
    assertThat(examples("tasks")).isNotEmpty();

    log.append(
        worker, new EventsPruned(1, 1, 1, 0, Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(examples("tasks")).isEmpty();
  }

  /** As another process does: submits, claims, gives back and ends tasks; returns how many. */
  private int workUntil(AtomicBoolean isOver, String name) {
    try (Database own = open()) {
      EventLog ownLog = new EventLog(own, clock);
      TaskQueue tasks = new TaskQueue(own, ownLog, clock);
      Emitter run = ownLog.start(Optional.empty(), name, "worker", started(3));
      int ended = 0;
      while (!isOver.get()) {
        tasks.submit(run, Collections.nCopies(5, TaskSpec.prompt("more")));
        Optional<Claim> claim = tasks.claimNext(run, List.of(TaskSpec.CHAT));
        claim.ifPresent(mine -> tasks.release(run, mine, ReleaseCause.SHUTDOWN));
        claim = tasks.claimNext(run, List.of(TaskSpec.CHAT));
        claim.ifPresent(mine -> tasks.complete(run, mine, "{}"));
        ended += claim.isPresent() ? 1 : 0;
      }
      return ended;
    }
  }

  /** A tree of one run that has ended, with so many events. */
  private void endTreeOf(int count) {
    Emitter old = root("old", "worker");
    database.write(
        transaction -> {
          for (int i = 0; i < count; i++) {
            log.append(transaction, old, new UserEvent("work.done", Map.of()));
          }
          return count;
        });
    log.append(old, new ProcessStopped(0, "completed", 1));
  }

  private Claim claim() {
    return queue.claimNext(worker, List.of(TaskSpec.CHAT)).orElseThrow();
  }

  /** As a program might that writes to the table by itself. */
  private void insertEventOfRun(long runId) {
    database
        .insertEventAsync(
            new EventRow(
                clock.millis(),
                Optional.of(runId),
                Optional.empty(),
                "script",
                "tool",
                "index.rebuilt",
                Optional.empty()))
        .join();
  }

  private void complete() {
    queue.complete(worker, claim(), "{}");
  }

  private void call(long inputTokens) {
    EventId started =
        log.append(
            worker,
            new LlmCallStarted(
                "m",
                "/",
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty()));
    Map<String, Object> completed =
        Map.of(
            "started_event_id",
            started.value(),
            "model_name",
            "m",
            "input_tokens",
            inputTokens,
            "latency_ms",
            10);
    log.append(worker, new UserEvent("llm_call.completed", completed));
  }

  private void prune(Emitter pruner, long rows) {
    new Pruning(database, rest -> {}, () -> false)
        .prune(new AtMostRows(rows), Optional.empty(), log.appenderFor(pruner));
  }

  private void execute(String statement) {
    database.write(transaction -> transaction.sql().execute(statement));
  }

  private List<String> examples(String check) {
    return finding(check).examples();
  }

  private Finding finding(String check) {
    return new Verification(database)
        .run().stream().filter(finding -> finding.check().equals(check)).findFirst().orElseThrow();
  }
}
