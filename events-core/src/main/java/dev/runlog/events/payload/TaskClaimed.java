package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A worker took a task.
 *
 * @param taskId the task
 * @param kind which handler runs it
 * @param attempt number of the attempt, counted from 1; 0 before the first
 */
public record TaskClaimed(long taskId, String kind, int attempt) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_CLAIMED.wireName();
  }
}
