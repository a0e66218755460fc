package dev.runlog.events.tasks;

import java.time.Instant;
import java.util.Optional;

/**
 * What the row of a task says once its holder has let go of it.
 *
 * @param state any but {@code claimed}
 * @param runAt not claimed before
 * @param attempt attempts that count
 * @param finishedAt when it ended, empty when it is queued again
 * @param result what the handler answered, a JSON object as text
 * @param error why the last attempt ended without a result
 */
record AttemptEnd(
    TaskState state,
    Instant runAt,
    int attempt,
    Optional<Instant> finishedAt,
    Optional<String> result,
    Optional<String> error) {

  static AttemptEnd done(Task task, Instant at, String result) {
    return finished(task, TaskState.DONE, at, Optional.of(result), task.error());
  }

  static AttemptEnd failed(Task task, Instant at, String error) {
    return finished(task, TaskState.FAILED, at, task.result(), Optional.of(error));
  }

  static AttemptEnd cancelled(Task task, Instant at) {
    return finished(task, TaskState.CANCELLED, at, task.result(), task.error());
  }

  /** Due again later, the attempt used up. */
  static AttemptEnd failedUntil(Task task, Instant retryAt, String error) {
    return queued(task, retryAt, task.attempt(), Optional.of(error));
  }

  /** Due again as before, the attempt not counted. */
  static AttemptEnd released(Task task) {
    return queued(task, task.runAt(), task.attempt() - 1, task.error());
  }

  private static AttemptEnd finished(
      Task task, TaskState state, Instant at, Optional<String> result, Optional<String> error) {
    return new AttemptEnd(state, task.runAt(), task.attempt(), Optional.of(at), result, error);
  }

  private static AttemptEnd queued(Task task, Instant runAt, int attempt, Optional<String> error) {
    return new AttemptEnd(TaskState.QUEUED, runAt, attempt, Optional.empty(), task.result(), error);
  }
}
