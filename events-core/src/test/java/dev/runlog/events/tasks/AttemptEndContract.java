package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How attempts end that do not end with a result: who is charged for them, and who is late. */
abstract class AttemptEndContract extends QueueContract {

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
  void claimsNothingForALateResult() {
    submit("{\"prompt\": \"a\"}");
    Claim lost = claim();
    database.write(tx -> queue.releaseHeldBy(tx, supervisor, worker.runId(), ReleaseCause.CRASH));

    assertThatExceptionOfType(StaleClaimException.class)
        .isThrownBy(() -> completeAndClaimNext(queue, lost));

    assertThat(tasks.counts().of(TaskState.QUEUED)).isEqualTo(1);
    assertThat(typesOf(worker)).containsExactly("process.started", "task.claimed", "task.stale");
  }
}
