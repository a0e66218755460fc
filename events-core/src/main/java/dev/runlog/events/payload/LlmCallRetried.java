package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/**
 * A request failed and is sent again.
 *
 * @param startedEventId id of the event that this one closes
 * @param attempt the attempt that failed, counted from 1
 * @param status HTTP status, absent when there was no answer
 * @param delayMs milliseconds until the next attempt
 * @param error why the attempt failed
 */
public record LlmCallRetried(
    long startedEventId, int attempt, Optional<Integer> status, long delayMs, String error)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.LLM_CALL_RETRIED.wireName();
  }
}
