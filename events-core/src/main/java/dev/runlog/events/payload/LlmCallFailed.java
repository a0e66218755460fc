package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/**
 * A call to a model ended without an answer.
 *
 * @param startedEventId id of the event that this one closes
 * @param modelName model as requested
 * @param latencyMs milliseconds from the first attempt to the end
 * @param attempts requests sent, the first included
 * @param error why
 * @param status HTTP status of the last answer, absent when there was none
 */
public record LlmCallFailed(
    long startedEventId,
    String modelName,
    long latencyMs,
    int attempts,
    String error,
    Optional<Integer> status)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.LLM_CALL_FAILED.wireName();
  }
}
