package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/**
 * An attempt at a task ended without a result.
 *
 * @param taskId the task
 * @param kind which handler runs it
 * @param attempt number of the attempt, counted from 1; 0 before the first
 * @param startedEventId id of the {@code task.claimed} that this one closes, absent when the holder
 *     died
 * @param durationMs milliseconds from claim to end, absent when the holder died
 * @param error why
 * @param willRetry whether the task went back to the queue
 * @param retryAt when it is due again, Unix epoch milliseconds, absent when it is not
 */
public record TaskFailed(
    long taskId,
    String kind,
    int attempt,
    Optional<Long> startedEventId,
    Optional<Long> durationMs,
    String error,
    boolean willRetry,
    Optional<Long> retryAt)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_FAILED.wireName();
  }
}
