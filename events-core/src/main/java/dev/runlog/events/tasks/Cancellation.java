package dev.runlog.events.tasks;

import static dev.runlog.events.schema.Tables.TASKS;

import dev.runlog.events.db.Transaction;
import dev.runlog.events.log.Emitter;
import dev.runlog.events.log.EventLog;
import dev.runlog.events.payload.TaskCancelRequested;
import dev.runlog.events.payload.TaskCancelled;
import java.time.InstantSource;

/** Takes tasks out of the queue that nobody wants any more. */
final class Cancellation {

  private final EventLog log;
  private final TaskMoves moves;
  private final InstantSource clock;

  Cancellation(EventLog log, TaskMoves moves, InstantSource clock) {
    this.log = log;
    this.moves = moves;
    this.clock = clock;
  }

  /** Cancels a queued task, and asks the holder of a claimed one to drop it. */
  TaskState cancel(Transaction transaction, Emitter by, TaskId id) {
    Task task = TaskRows.require(transaction, id);
    task.requireCancellable();
    return task.state() == TaskState.CLAIMED
        ? askToDrop(transaction, by, task)
        : cancelled(transaction, by, task);
  }

  /**
   * Cancels a task that would go back to the queue, when somebody asked for that while it was held.
   *
   * @return whether it is cancelled
   */
  boolean cancelIfAsked(Transaction transaction, Emitter by, Task task) {
    boolean isAsked = moves.isCancelAsked(transaction, task.id());
    if (isAsked) {
      cancelled(transaction, by, task);
    }
    return isAsked;
  }

  private TaskState cancelled(Transaction transaction, Emitter by, Task task) {
    RowChange.finished(TaskState.CANCELLED, clock.instant()).apply(transaction, task.id());
    log.append(transaction, by, new TaskCancelled(task.id().value(), task.kind(), task.attempt()));
    return TaskState.CANCELLED;
  }

  private TaskState askToDrop(Transaction transaction, Emitter by, Task task) {
    new RowChange().with(TASKS.CANCEL_REQUESTED_AT, clock.millis()).apply(transaction, task.id());
    long holder = task.claimedBy().orElseThrow().value();
    log.append(
        transaction,
        by,
        new TaskCancelRequested(task.id().value(), task.kind(), task.attempt(), holder));
    return TaskState.CLAIMED;
  }
}
