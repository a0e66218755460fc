package dev.runlog.worker.outcome;

import dev.runlog.events.tasks.Task;
import java.time.Duration;

/** What a failed attempt becomes. */
public sealed interface TaskOutcome {

  /** The task fails for good. */
  record Failed(String error) implements TaskOutcome {}

  /** The task is queued again. */
  record RetryAfter(Duration delay, String error) implements TaskOutcome {}

  /**
   * Decides what a failed attempt becomes.
   *
   * @param random from 0 to 1, decides on the jitter
   */
  static TaskOutcome afterFailure(Task task, Failure failure, RetryPolicy policy, double random) {
    if (failure.isPermanent() || task.attempt() >= task.maxAttempts()) {
      return new Failed(failure.summary());
    }
    return new RetryAfter(policy.delayAfter(task.attempt(), random), failure.summary());
  }
}
