package dev.runlog.events.tasks;

import dev.runlog.events.log.EventId;
import java.time.Instant;

/**
 * A task as its holder has it. Only this claim can end the attempt, not even another one of the
 * same run.
 *
 * @param task the task in state {@code claimed}
 * @param event the {@code task.claimed} that opened the attempt
 */
public record Claim(Task task, EventId event) {

  /** How long the task was held; 0 when the clock was set back meanwhile. */
  long millisUntil(Instant end) {
    return Math.max(0, end.toEpochMilli() - task.claimedAt().orElse(end).toEpochMilli());
  }
}
