package dev.runlog.events.tasks;

import dev.runlog.events.payload.TaskDone;
import java.time.Instant;

/**
 * The end of an attempt that brought a result.
 *
 * @param claim the claim that held the task
 * @param at when the result was there
 * @param result a JSON object as text
 */
record Completion(Claim claim, Instant at, String result) {

  AttemptEnd end() {
    return AttemptEnd.done(claim.task(), at, result);
  }

  TaskDone event() {
    Task task = claim.task();
    return new TaskDone(
        task.id().value(),
        task.kind(),
        task.attempt(),
        claim.event().value(),
        claim.millisUntil(at));
  }
}
