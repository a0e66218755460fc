package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A person wants a running task to be dropped; its holder is told.
 *
 * @param taskId the task
 * @param kind which handler runs it
 * @param attempt number of the attempt that is under way
 * @param heldByRunId run that holds it
 */
public record TaskCancelRequested(long taskId, String kind, int attempt, long heldByRunId)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_CANCEL_REQUESTED.wireName();
  }
}
