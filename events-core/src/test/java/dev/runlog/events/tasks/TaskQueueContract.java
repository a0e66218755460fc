package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.StoreContract;
import dev.runlog.events.db.Database;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class TaskQueueContract extends StoreContract {

  private static final Set<String> CHAT = Set.of("chat");

  private TaskQueue queue;
  private TaskQuery tasks;
  private TaskKinds kinds;
  private Emitter console;
  private Emitter worker;
  private Emitter supervisor;

  @BeforeEach
  void startProcesses() {
    queue = new TaskQueue(database, log, clock);
    tasks = new TaskQuery(database);
    kinds = new TaskKinds(database, log, clock);
    console = root("console", "console");
    supervisor = root("supervisor-main", "supervisor");
    worker = childOf(supervisor, "W00001", "worker");
  }

  @Test
  void carriesATaskFromSubmissionToItsResult() {
    TaskId id = submit("{\"prompt\": \"hello\"}");
    assertThat(task(id).state()).isEqualTo(TaskState.QUEUED);

    Claim claim = claim();
    assertThat(claim.task().id()).isEqualTo(id);
    assertThat(claim.task().attempt()).isEqualTo(1);
    assertThat(task(id).claimedBy()).contains(worker.runId());

    now = now.plusMillis(812);
    queue.complete(worker, claim, "{\"text\": \"hi\"}");
    Task done = task(id);
    assertThat(done.state()).isEqualTo(TaskState.DONE);
    assertThat(done.result()).contains("{\"text\": \"hi\"}");
    assertThat(done.claimedBy()).isEmpty();
    assertThat(done.finishedAt()).contains(now);
    assertThat(typesOf(worker)).containsExactly("process.started", "task.claimed", "task.done");
    assertThat(events.ofType(EventType.TASK_DONE).get(0).payload().orElseThrow())
        .contains("\"duration_ms\":812")
        .contains("\"started_event_id\":" + claim.event());
  }

  @Test
  void claimsATaskThatWasNotDelayedAlthoughTheClockWasSetBack() {
    TaskId id = submit("{\"prompt\": \"now\"}");
    submit("{\"prompt\": \"later\", \"run_at\": \"2031-01-01T00:00:00Z\"}");
    now = now.minus(Duration.ofHours(1));

    assertThat(tasks.isAnyDue(CHAT, now)).isTrue();
    assertThat(claim().task().id()).isEqualTo(id);
    assertThat(tasks.isAnyDue(CHAT, now)).isFalse();
    assertThat(queue.claimNext(worker, CHAT)).isEmpty();
  }

  @Test
  void claimsTheHighestPriorityThenTheLongestDue() {
    TaskId first = submit("{\"prompt\": \"a\"}");
    now = now.plusMillis(1);
    TaskId second = submit("{\"prompt\": \"b\"}");
    TaskId urgent = submit("{\"prompt\": \"c\", \"priority\": 5}");
    submit("{\"prompt\": \"later\", \"run_at\": \"2031-01-01T00:00:00Z\"}");

    assertThat(claim().task().id()).isEqualTo(urgent);
    assertThat(claim().task().id()).isEqualTo(first);
    assertThat(claim().task().id()).isEqualTo(second);
    assertThat(queue.claimNext(worker, CHAT)).isEmpty();
    assertThat(tasks.isAnyDue(CHAT, now)).isFalse();
    assertThat(tasks.isAnyDue(CHAT, now.plus(Duration.ofDays(700)))).isTrue();
  }

  @Test
  void claimsOnlyTheKindsThatTheWorkerCanRun() {
    TaskId index = submit("{\"kind\": \"index\", \"path\": \"/docs\"}");
    assertThat(queue.claimNext(worker, CHAT)).isEmpty();
    assertThat(queue.claimNext(worker, Set.of("chat", "index")).orElseThrow().task().id())
        .isEqualTo(index);
  }

  @Test
  void submitsAllOrNothing() {
    List<TaskSpec> specs = new ArrayList<>(List.of(TaskSpec.prompt("a"), TaskSpec.prompt("b")));
    specs.add(null);
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> queue.submit(console, specs));
    assertThat(tasks.counts().total()).isZero();
    assertThat(events.ofType(EventType.TASK_SUBMITTED)).isEmpty();
  }

  @Test
  void givesEachTaskToOneWorkerOnly() throws InterruptedException {
    int count = 200;
    queue.submit(
        console, IntStream.range(0, count).mapToObj(i -> TaskSpec.prompt("p" + i)).toList());
    Set<TaskId> taken = ConcurrentHashMap.newKeySet();
    List<TaskId> takenTwice = new ArrayList<>();
    try (Database other = open()) {
      TaskQueue otherQueue = new TaskQueue(other, new EventLog(other, clock), clock);
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TaskQueue mine = i % 2 == 0 ? queue : otherQueue;
        workers.add(
            new Thread(
                () -> {
                  Optional<Claim> c = mine.claimNext(worker, CHAT);
                  while (c.isPresent()) {
                    if (!taken.add(c.get().task().id())) {
                      takenTwice.add(c.get().task().id());
                    }
                    c = completeAndClaimNext(mine, c.get());
                  }
                }));
      }
      workers.forEach(Thread::start);
      for (Thread thread : workers) {
        thread.join();
      }
    }
    assertThat(takenTwice).isEmpty();
    assertThat(taken).hasSize(count);
    assertThat(tasks.counts().of(TaskState.DONE)).isEqualTo(count);
    assertThat(events.ofType(EventType.TASK_DONE)).hasSize(count);
  }

  @Test
  void completesATaskAndClaimsTheNextInOneCommit() {
    TaskId first = submit("{\"prompt\": \"a\"}");
    TaskId second = submit("{\"prompt\": \"b\"}");
    TaskId urgent = submit("{\"prompt\": \"c\", \"priority\": 5}");
    Claim claim = claim();
    long commits = database.commits();

    now = now.plusMillis(812);
    Claim next = completeAndClaimNext(queue, claim).orElseThrow();

    assertThat(database.commits() - commits).isEqualTo(1);
    assertThat(task(urgent).state()).isEqualTo(TaskState.DONE);
    assertThat(task(urgent).result()).contains("{}");
    assertThat(next.task()).isEqualTo(task(first));
    assertThat(next.task().claimedBy()).contains(worker.runId());
    assertThat(next.task().claimedAt()).contains(now);
    assertThat(next.task().attempt()).isEqualTo(1);
    assertThat(task(second).state()).isEqualTo(TaskState.QUEUED);
    assertThat(events.ofRun(worker.runId()))
        .extracting(Event::eventType)
        .containsExactly("process.started", "task.claimed", "task.done", "task.claimed");
    assertThat(events.ofRun(worker.runId()).get(2).payload().orElseThrow())
        .contains("\"started_event_id\":" + claim.event(), "\"duration_ms\":812");
    assertThat(events.ofRun(worker.runId()).get(3))
        .satisfies(claimed -> assertThat(claimed.id()).isEqualTo(next.event()))
        .satisfies(claimed -> assertThat(claimed.timestamp()).isEqualTo(now))
        .satisfies(
            claimed ->
                assertThat(claimed.payload())
                    .contains("{\"task_id\":" + first + ",\"kind\":\"chat\",\"attempt\":1}"));
  }

  @Test
  void tellsOfTheEndAndOfTheNextClaimOnceTheyAreCommitted() {
    List<Event> told = new ArrayList<>();
    EventLog telling = new EventLog(database, clock, Redaction.of(List.of()), told::add);
    TaskQueue tellingQueue = new TaskQueue(database, telling, clock);
    submit("{\"prompt\": \"a\"}");
    submit("{\"prompt\": \"b\"}");
    Claim first = tellingQueue.claimNext(worker, CHAT).orElseThrow();
    Claim second = completeAndClaimNext(tellingQueue, first).orElseThrow();
    assertThat(completeAndClaimNext(tellingQueue, second)).isEmpty();

    assertThat(told).isEqualTo(events.ofRun(worker.runId()).subList(1, 5));
  }

  @Test
  void takesSecretsOutOfTheEventsOfClaimsToo() {
    EventLog discreet =
        new EventLog(database, clock, Redaction.of(List.of("hush-hush")), event -> {});
    TaskQueue discreetQueue = new TaskQueue(database, discreet, clock);
    submit("{\"kind\": \"hush-hush\"}");
    submit("{\"kind\": \"hush-hush\"}");
    Set<String> both = Set.of("hush-hush", "chat");
    Claim first = discreetQueue.claimNext(worker, both).orElseThrow();
    assertThat(discreetQueue.completeAndClaimNext(worker, first, "{}", () -> both)).isPresent();

    assertThat(events.ofRun(worker.runId()).subList(1, 4))
        .extracting(event -> event.payload().orElseThrow())
        .allSatisfy(payload -> assertThat(payload).contains("\"kind\":\"[redacted]\""));
  }

  @Test
  void claimsNothingForALateResult() {
    submit("{\"prompt\": \"a\"}");
    Claim lost = claim();
    database.write(tx -> queue.releaseHeldBy(tx, supervisor, worker.runId(), ReleaseCause.CRASH));

    assertThatExceptionOfType(StaleClaimException.class)
        .isThrownBy(() -> completeAndClaimNext(queue, lost));

    assertThat(tasks.counts().of(TaskState.QUEUED)).isEqualTo(1);
    assertThat(typesOf(worker)).containsExactly("process.started", "task.claimed", "task.stale");
  }

  @Test
  void completesAllTheSameWhenNothingIsLeftToClaim() {
    submit("{\"prompt\": \"a\"}");
    submit("{\"prompt\": \"later\", \"run_at\": \"2031-01-01T00:00:00Z\"}");
    submit("{\"kind\": \"index\"}");
    assertThat(completeAndClaimNext(queue, claim())).isEmpty();

    TaskId unwanted = submit("{\"prompt\": \"b\"}");
    submit("{\"prompt\": \"c\"}");
    assertThat(queue.completeAndClaimNext(worker, claim(), "{}", Set::of)).isEmpty();
    assertThat(task(unwanted).state()).isEqualTo(TaskState.DONE);

    Claim last = claim();
    submit("{\"prompt\": \"d\"}");
    kinds.pause(console, "chat");
    assertThat(completeAndClaimNext(queue, last)).isEmpty();
    assertThat(tasks.counts().of(TaskState.DONE)).isEqualTo(3);
    assertThat(tasks.counts().of(TaskState.CLAIMED)).isZero();
  }

  @Test
  void undoesTheEndWhenTheClaimOfTheNextCannotBeDone() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    Claim claim = claim();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                queue.completeAndClaimNext(
                    worker,
                    claim,
                    "{}",
                    () -> {
                      throw new IllegalStateException("no kinds");
                    }));

    assertThat(task(id)).isEqualTo(claim.task());
    assertThat(typesOf(worker)).containsExactly("process.started", "task.claimed");
    queue.complete(worker, claim, "{}");
  }

  @Test
  void aCompletedTaskLeavesItsPlaceUnderTheLimitToTheNextOne() {
    submit("{\"kind\": \"index\"}");
    TaskId second = submit("{\"kind\": \"index\"}");
    kinds.limit(console, "index", Optional.of(1));
    Claim first = queue.claimNext(worker, Set.of("index")).orElseThrow();

    Optional<Claim> next =
        queue.completeAndClaimNext(worker, first, "{}", () -> Set.of("index", "chat"));

    assertThat(next).map(claim -> claim.task().id()).contains(second);
    assertThat(queue.claimNext(worker, Set.of("index"))).isEmpty();
    assertThat(typesOf(worker))
        .containsExactly("process.started", "task.claimed", "task.done", "task.claimed");
  }

  @Test
  void queuesAFailedAttemptAgainUntilItFailsForGood() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    queue.fail(worker, claim(), "HTTP 500", Optional.of(now.plusSeconds(2)));
    assertThat(task(id).state()).isEqualTo(TaskState.QUEUED);
    assertThat(task(id).error()).contains("HTTP 500");
    assertThat(queue.claimNext(worker, CHAT)).isEmpty();

    now = now.plusSeconds(2);
    Claim second = claim();
    assertThat(second.task().attempt()).isEqualTo(2);
    queue.fail(worker, second, "HTTP 500 again", Optional.empty());
    assertThat(task(id).state()).isEqualTo(TaskState.FAILED);
    assertThat(events.ofType(EventType.TASK_FAILED))
        .extracting(event -> event.payload().orElseThrow())
        .satisfiesExactly(
            retried ->
                assertThat(retried)
                    .contains("\"will_retry\":true")
                    .doesNotContain("\"retry_at\":null"),
            failed ->
                assertThat(failed).contains("\"will_retry\":false").contains("\"retry_at\":null"));
  }

  @Test
  void releasesTheTasksOfADeadRunWithTheEventThatSaysSo() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    claim();
    List<TaskId> released =
        database.write(
            tx -> queue.releaseHeldBy(tx, supervisor, worker.runId(), ReleaseCause.CRASH));

    assertThat(released).containsExactly(id);
    assertThat(task(id).state()).isEqualTo(TaskState.QUEUED);
    assertThat(task(id).crashes()).isEqualTo(1);
    assertThat(claim().task().attempt()).isEqualTo(2);
    assertThat(events.ofType(EventType.TASK_RELEASED))
        .hasSize(1)
        .first()
        .satisfies(event -> assertThat(event.runId()).isEqualTo(supervisor.runId()))
        .satisfies(
            event ->
                assertThat(event.payload().orElseThrow())
                    .contains("\"cause\":\"crash\"", "\"held_by_run_id\":" + worker.runId()));
  }

  @Test
  void failsATaskThatKilledThreeWorkers() {
    TaskId id = submit("{\"prompt\": \"poison\", \"max_attempts\": 10}");
    for (int crash = 1; crash <= 3; crash++) {
      claim();
      database.write(tx -> queue.releaseHeldBy(tx, supervisor, worker.runId(), ReleaseCause.CRASH));
    }
    assertThat(task(id).state()).isEqualTo(TaskState.FAILED);
    assertThat(task(id).error()).contains("the worker died 3 times while it held this task");
    assertThat(events.ofType(EventType.TASK_RELEASED)).hasSize(2);
    assertThat(events.ofType(EventType.TASK_FAILED)).hasSize(1);
  }

  @Test
  void countsAnExpiredLeaseAgainstTheTask() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    claim();
    database.write(
        tx -> queue.releaseHeldBy(tx, supervisor, worker.runId(), ReleaseCause.LEASE_EXPIRED));

    assertThat(task(id).crashes()).isEqualTo(1);
    assertThat(task(id).attempt()).isEqualTo(1);
    assertThat(events.ofType(EventType.TASK_RELEASED).get(0).payload().orElseThrow())
        .contains("\"cause\":\"lease_expired\"");
  }

  @Test
  void aPlannedStopUsesNoAttempt() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    queue.release(worker, claim(), ReleaseCause.SHUTDOWN);
    assertThat(task(id).attempt()).isZero();
    assertThat(claim().task().attempt()).isEqualTo(1);
    assertThat(task(id).crashes()).isZero();
  }

  @Test
  void rejectsTheLateResultOfARunThatLostItsTask() {
    submit("{\"prompt\": \"a\"}");
    Claim lost = claim();
    database.write(tx -> queue.releaseHeldBy(tx, supervisor, worker.runId(), ReleaseCause.CRASH));
    Emitter replacement = childOf(supervisor, "W00001", "worker");
    Claim current = queue.claimNext(replacement, CHAT).orElseThrow();

    assertThatExceptionOfType(StaleClaimException.class)
        .isThrownBy(() -> queue.complete(worker, lost, "{}"))
        .withMessageContaining("no longer held by run " + worker.runId());
    assertThat(events.ofType(EventType.TASK_STALE))
        .singleElement()
        .satisfies(stale -> assertThat(stale.runId()).isEqualTo(worker.runId()))
        .satisfies(
            stale ->
                assertThat(stale.payload().orElseThrow())
                    .contains("\"outcome\":\"done\"", "\"started_event_id\":" + lost.event()));
    queue.complete(replacement, current, "{}");
    assertThat(events.ofType(EventType.TASK_DONE))
        .extracting(Event::runId)
        .containsExactly(replacement.runId());
  }

  @Test
  void rejectsTheLateResultOfAClaimThatWasGivenBackEvenWhenTheSameRunHoldsTheTaskAgain() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    Claim givenBack = claim();
    queue.release(worker, givenBack, ReleaseCause.SHUTDOWN);
    Claim current = claim();
    assertThat(current.task().attempt()).isEqualTo(givenBack.task().attempt());

    assertThatExceptionOfType(StaleClaimException.class)
        .isThrownBy(() -> queue.complete(worker, givenBack, "{}"));
    assertThatExceptionOfType(StaleClaimException.class)
        .isThrownBy(() -> queue.fail(worker, givenBack, "late", Optional.empty()));
    assertThatExceptionOfType(StaleClaimException.class)
        .isThrownBy(() -> queue.release(worker, givenBack, ReleaseCause.SHUTDOWN));

    assertThat(task(id)).isEqualTo(current.task());
    queue.complete(worker, current, "{}");
    assertThat(events.ofType(EventType.TASK_STALE)).hasSize(3);
  }

  @Test
  void submitsAUniqueKeyOnceWhileItsTaskLives() {
    String line = "{\"prompt\": \"a\", \"unique_key\": \"daily\"}";
    TaskId id = submit(line);
    assertThat(queue.submit(console, List.of(TaskLine.parse(line))))
        .containsExactly(new Submission(id, false));
    queue.complete(worker, claim(), "{}");
    assertThat(submit(line)).isNotEqualTo(id);
  }

  @Test
  void cancelsOnlyWhatHasNotEndedAndRetriesOnlyWhatHas() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    queue.cancel(console, id);
    assertThat(task(id).state()).isEqualTo(TaskState.CANCELLED);
    queue.retry(console, id);
    assertThat(task(id).state()).isEqualTo(TaskState.QUEUED);
    assertThat(task(id).finishedAt()).isEmpty();
    queue.complete(worker, claim(), "{}");
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> queue.cancel(console, id))
        .withMessage("task 1 is done; only a queued or claimed task can be cancelled");
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> queue.retry(console, id))
        .withMessageContaining("only a failed or cancelled task can be retried");
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> queue.retry(console, new TaskId(99)))
        .withMessageContaining("there is no task 99");
  }

  @Test
  void asksTheHolderToDropATaskThatIsCancelledWhileItRuns() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    Claim claim = claim();
    assertThat(tasks.isCancelRequested(id)).isFalse();

    assertThat(queue.cancel(console, id)).isEqualTo(TaskState.CLAIMED);
    assertThat(tasks.isCancelRequested(id)).isTrue();
    queue.cancelHeld(worker, claim);

    assertThat(task(id).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(typesOf(worker))
        .containsExactly("process.started", "task.claimed", "task.cancelled");
    assertThat(typesOf(console)).contains("task.cancel_requested");
    queue.retry(console, id);
    assertThat(tasks.isCancelRequested(id)).isFalse();
  }

  @Test
  void keepsTheResultOfATaskThatIsDoneBeforeItsHolderHearsOfTheCancellation() {
    TaskId id = submit("{\"prompt\": \"a\"}");
    Claim claim = claim();
    queue.cancel(console, id);

    queue.complete(worker, claim, "{}");

    assertThat(task(id).state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void cancelsATaskThatWouldComeBackToTheQueueAfterItWasCancelled() {
    TaskId crashed = submit("{\"prompt\": \"a\"}");
    claim();
    queue.cancel(console, crashed);
    List<TaskId> released =
        database.write(
            tx -> queue.releaseHeldBy(tx, supervisor, worker.runId(), ReleaseCause.CRASH));
    TaskId failed = submit("{\"prompt\": \"b\"}");
    Claim failing = claim();
    queue.cancel(console, failed);
    queue.fail(worker, failing, "overloaded", Optional.of(now));
    TaskId stopped = submit("{\"prompt\": \"c\"}");
    Claim stopping = claim();
    queue.cancel(console, stopped);
    queue.release(worker, stopping, ReleaseCause.SHUTDOWN);

    assertThat(released).isEmpty();
    assertThat(List.of(task(crashed), task(failed), task(stopped)))
        .extracting(Task::state)
        .containsOnly(TaskState.CANCELLED);
    assertThat(events.ofType(EventType.TASK_CANCELLED)).hasSize(3);
    assertThat(events.ofType(EventType.TASK_RELEASED)).isEmpty();
  }

  @Test
  void leavesTasksOfAPausedKindInTheQueue() {
    submit("{\"prompt\": \"a\"}");
    kinds.pause(console, "chat");

    assertThat(queue.claimNext(worker, CHAT)).isEmpty();
    assertThat(tasks.isAnyDue(CHAT, now)).isFalse();
    assertThat(kinds.rules())
        .containsExactly(new TaskKinds.Rule("chat", Optional.of(now), Optional.empty()));

    kinds.resume(console, "chat");
    assertThat(queue.claimNext(worker, CHAT)).isPresent();
    assertThat(kinds.rules()).isEmpty();
    assertThat(typesOf(console)).contains("task_kind.paused", "task_kind.resumed");
  }

  @Test
  void claimsNoMoreOfAKindThanItsLimit() {
    for (int i = 0; i < 3; i++) {
      submit("{\"kind\": \"index\"}");
    }
    submit("{\"prompt\": \"a\"}");
    kinds.limit(console, "index", Optional.of(2));
    Set<String> both = Set.of("index", "chat");

    Claim first = queue.claimNext(worker, both).orElseThrow();
    assertThat(queue.claimNext(worker, both)).isPresent();
    assertThat(queue.claimNext(worker, both).orElseThrow().task().kind()).isEqualTo("chat");
    assertThat(queue.claimNext(worker, both)).isEmpty();

    queue.complete(worker, first, "{}");
    assertThat(queue.claimNext(worker, both)).isPresent();
    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> kinds.limit(console, "index", Optional.of(0)))
        .withMessageContaining("give at least 1, or pause the kind");
  }

  @Test
  void keepsTheLimitWhenManyClaimAtOnce() throws InterruptedException {
    int limit = 3;
    Set<String> index = Set.of("index");
    queue.submit(
        console,
        IntStream.range(0, 150).mapToObj(i -> TaskLine.parse("{\"kind\": \"index\"}")).toList());
    kinds.limit(console, "index", Optional.of(limit));
    AtomicInteger held = new AtomicInteger();
    AtomicInteger mostHeld = new AtomicInteger();
    try (Database other = open()) {
      TaskQueue otherQueue = new TaskQueue(other, new EventLog(other, clock), clock);
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TaskQueue mine = i % 2 == 0 ? queue : otherQueue;
        workers.add(
            new Thread(
                () -> {
                  while (tasks.counts().of(TaskState.QUEUED) > 0) {
                    Optional<Claim> claim = mine.claimNext(worker, index);
                    while (claim.isPresent()) {
                      mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
                      held.decrementAndGet();
                      claim = mine.completeAndClaimNext(worker, claim.get(), "{}", () -> index);
                    }
                  }
                }));
      }
      workers.forEach(Thread::start);
      for (Thread thread : workers) {
        thread.join();
      }
    }
    assertThat(mostHeld.get()).isBetween(1, limit);
    assertThat(tasks.counts().of(TaskState.DONE)).isEqualTo(150);
  }

  @Test
  void countsTasksByState() {
    submit("{\"prompt\": \"a\"}");
    submit("{\"prompt\": \"b\"}");
    claim();
    assertThat(tasks.counts().of(TaskState.QUEUED)).isEqualTo(1);
    assertThat(tasks.counts().of(TaskState.CLAIMED)).isEqualTo(1);
    assertThat(tasks.counts().isDrained()).isFalse();
    assertThat(tasks.newest(Set.of(TaskState.CLAIMED), 10)).hasSize(1);
    assertThat(tasks.newest(Set.of(), 10))
        .extracting(Task::id)
        .containsExactly(new TaskId(2), new TaskId(1));
    assertThat(new TaskCounts(java.util.Map.of()).isDrained()).isTrue();
  }

  private TaskId submit(String line) {
    return queue.submit(console, List.of(TaskLine.parse(line))).get(0).id();
  }

  private Optional<Claim> completeAndClaimNext(TaskQueue of, Claim claim) {
    return of.completeAndClaimNext(worker, claim, "{}", () -> CHAT);
  }

  private Claim claim() {
    return queue.claimNext(worker, CHAT).orElseThrow();
  }

  private Task task(TaskId id) {
    return tasks.find(id).orElseThrow();
  }

  private List<String> typesOf(Emitter emitter) {
    return events.ofRun(emitter.runId()).stream()
        .map(Event::eventType)
        .collect(Collectors.toList());
  }
}
