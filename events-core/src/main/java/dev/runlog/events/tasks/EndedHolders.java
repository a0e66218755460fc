package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.TaskFailed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the tasks of runs that have ended from them. */
final class EndedHolders {

  private final EventLog log;
  private final Cancellation cancellation;
  private final InstantSource clock;

  EndedHolders(EventLog log, Cancellation cancellation, InstantSource clock) {
    this.log = log;
    this.cancellation = cancellation;
    this.clock = clock;
  }

  /** Returns the tasks that went back to the queue. */
  List<TaskId> release(Transaction transaction, Emitter by, RunId holder, ReleaseCause cause) {
    List<TaskId> released = new ArrayList<>();
    for (Task task : TaskRows.heldBy(transaction, holder)) {
      Optional<String> failure =
          cause.isCrash()
              ? CrashVerdict.failureAfter(task.crashes() + 1, task.attempt(), task.maxAttempts())
              : Optional.empty();
      if (failure.isPresent()) {
        fail(transaction, by, task, failure.get());
      } else if (!cancellation.cancelIfAsked(transaction, by, task)) {
        giveBack(transaction, by, task, holder, cause);
        released.add(task.id());
      }
    }
    return released;
  }

  private void fail(Transaction transaction, Emitter by, Task task, String error) {
    RowChange.finished(TaskState.FAILED, clock.instant())
        .with(TASKS.ERROR, error)
        .with(TASKS.CRASHES, task.crashes() + 1L)
        .apply(transaction, task.id());
    log.append(
        transaction,
        by,
        new TaskFailed(
            task.id().value(),
            task.kind(),
            task.attempt(),
            Optional.empty(),
            Optional.empty(),
            error,
            false,
            Optional.empty()));
  }

  private void giveBack(
      Transaction transaction, Emitter by, Task task, RunId holder, ReleaseCause cause) {
    RowChange change = RowChange.queued(task.runAt());
    RowChange counted =
        cause.isCrash()
            ? change.with(TASKS.CRASHES, task.crashes() + 1L)
            : change.with(TASKS.ATTEMPT, task.attempt() - 1L);
    counted.apply(transaction, task.id());
    log.append(transaction, by, cause.eventOf(task, holder));
  }
}
