package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A task ended with a result.
 *
 * @param taskId the task
 * @param kind which handler runs it
 * @param attempt number of the attempt, counted from 1; 0 before the first
 * @param startedEventId id of the event that this one closes
 * @param durationMs milliseconds from claim to end
 */
public record TaskDone(long taskId, String kind, int attempt, long startedEventId, long durationMs)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_DONE.wireName();
  }
}
