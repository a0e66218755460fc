package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * An outcome came too late and was dropped: its run had lost the task, as after a lease that
 * expired.
 *
 * @param taskId the task
 * @param kind which handler runs it
 * @param attempt number of the attempt that the outcome belongs to
 * @param startedEventId the {@code task.claimed} of that attempt
 * @param outcome what was dropped: {@code done}, {@code failed}, {@code cancelled} or {@code
 *     released}
 */
public record TaskStale(long taskId, String kind, int attempt, long startedEventId, String outcome)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_STALE.wireName();
  }
}
