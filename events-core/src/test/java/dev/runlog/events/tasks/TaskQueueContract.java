package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.EventType;
import dev.runlog.events.log.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The way of a task through the queue: submitted, claimed, done. */
abstract class TaskQueueContract extends QueueContract {

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
  void givesEachTaskToOneWorkerOnly() throws Exception {
    int count = 200;
    queue.submit(
        console, IntStream.range(0, count).mapToObj(i -> TaskSpec.prompt("p" + i)).toList());
    List<TaskId> taken = Collections.synchronizedList(new ArrayList<>());
    fromManySides(
        mine -> {
          Optional<Claim> c = mine.claimNext(worker, CHAT);
          while (c.isPresent()) {
            taken.add(c.get().task().id());
            c = completeAndClaimNext(mine, c.get());
          }
        });
    assertThat(taken).doesNotHaveDuplicates().hasSize(count);
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
  void submitsAUniqueKeyOnceWhileItsTaskLives() {
    String line = "{\"prompt\": \"a\", \"unique_key\": \"daily\"}";
    TaskId id = submit(line);
    assertThat(queue.submit(console, List.of(TaskLine.parse(line))))
        .containsExactly(new Submission(id, false));
    queue.complete(worker, claim(), "{}");
    assertThat(submit(line)).isNotEqualTo(id);
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

  @Test
  void countsNoProbesAmongTheTasks() {
    String kind = Probe.kindFor("W00001");
    queue.submit(supervisor, List.of(TaskSpec.of(kind, Json.object())));
    Claim probe = queue.claimNext(worker, Set.of(kind)).orElseThrow();
    queue.fail(worker, probe, "no echo", Optional.empty());
    TaskId task = submit("{\"prompt\":\"Hi\"}");
    queue.fail(worker, claim(), "no answer", Optional.empty());

    assertThat(tasks.counts().total()).isEqualTo(1);
    assertThat(tasks.countsFinishedSince(Instant.EPOCH).of(TaskState.FAILED)).isEqualTo(1);
    assertThat(tasks.failedSince(Instant.EPOCH, 10)).extracting(Task::id).containsExactly(task);
    assertThat(tasks.newest(Set.of(TaskState.FAILED), 10)).hasSize(2);
  }
}
