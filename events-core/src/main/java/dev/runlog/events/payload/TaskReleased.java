package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A claimed task went back to the queue without an outcome.
 *
 * @param taskId the task
 * @param kind which handler runs it
 * @param attempt number of the attempt, counted from 1; 0 before the first
 * @param cause why: {@code crash}, {@code shutdown}, {@code parent_gone}, …
 * @param heldByRunId run that held it
 */
public record TaskReleased(long taskId, String kind, int attempt, String cause, long heldByRunId)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_RELEASED.wireName();
  }
}
