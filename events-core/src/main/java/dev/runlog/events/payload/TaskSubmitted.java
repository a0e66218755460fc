package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A task entered the queue.
 *
 * @param taskId the task
 * @param kind which handler runs it
 * @param attempt number of the attempt, counted from 1; 0 before the first
 * @param priority higher is claimed first
 * @param runAt not claimed before, Unix epoch milliseconds
 * @param maxAttempts attempts after which it fails for good
 */
public record TaskSubmitted(
    long taskId, String kind, int attempt, int priority, long runAt, int maxAttempts)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_SUBMITTED.wireName();
  }
}
