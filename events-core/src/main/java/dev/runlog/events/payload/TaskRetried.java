package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * Somebody put a failed or cancelled task into the queue again.
 *
 * @param taskId the task
 * @param kind which handler runs it
 * @param attempt number of the attempt, counted from 1; 0 before the first
 */
public record TaskRetried(long taskId, String kind, int attempt) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_RETRIED.wireName();
  }
}
