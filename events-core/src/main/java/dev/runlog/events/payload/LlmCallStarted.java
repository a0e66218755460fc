package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/**
 * A request to a model is about to be sent.
 *
 * @param modelName model as requested
 * @param endpoint path of the API below the base URL, such as {@code /chat/completions}
 * @param stream whether the answer is streamed
 * @param parentEventId event inside whose scope the call runs, such as a {@code task.claimed}
 * @param context what fills the context, absent when it could not be counted
 * @param contextError why {@code context} is absent
 */
public record LlmCallStarted(
    String modelName,
    String endpoint,
    boolean stream,
    Optional<Long> parentEventId,
    Optional<ContextBreakdown> context,
    Optional<String> contextError)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.LLM_CALL_STARTED.wireName();
  }
}
