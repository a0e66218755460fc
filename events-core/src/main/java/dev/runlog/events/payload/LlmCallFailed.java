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
 * @param reason kind of the failure, such as {@code cancelled}, {@code timeout} or {@code
 *     rate_limited}; absent when the program itself failed
 * @param receivedChars characters of a streamed answer that had arrived, absent when the answer was
 *     not streamed
 * @param receivedTokens the same in tokens, as counted here, absent when they could not be counted
 */
public record LlmCallFailed(
    long startedEventId,
    String modelName,
    long latencyMs,
    int attempts,
    String error,
    Optional<Integer> status,
    Optional<String> reason,
    Optional<Long> receivedChars,
    Optional<Long> receivedTokens)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.LLM_CALL_FAILED.wireName();
  }
}
