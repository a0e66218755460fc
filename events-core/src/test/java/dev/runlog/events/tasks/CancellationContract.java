package dev.runlog.events.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runlog.events.log.EventType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tasks that a person cancels or retries. */
abstract class CancellationContract extends QueueContract {

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
}
