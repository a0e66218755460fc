package dev.runlog.events.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.List;
import java.util.Optional;

/**
 * A request to a model is on its way; logged before its answer is looked at.
 *
 * @param modelName model as requested
 * @param endpoint path of the API below the base URL, such as {@code /chat/completions}
 * @param stream whether the answer is streamed
 * @param parentEventId event inside whose scope the call runs, such as a {@code task.claimed}
 * @param context what fills the context, absent when it could not be counted
 * @param contextError why {@code context} is absent
 * @param contents what is sent, as sizes and hashes, in the order of the request
 * @param request the request itself where capturing is switched on, else absent
 */
public record LlmCallStarted(
    String modelName,
    String endpoint,
    boolean stream,
    Optional<Long> parentEventId,
    Optional<ContextBreakdown> context,
    Optional<String> contextError,
    List<ContentDigest> contents,
    Optional<JsonNode> request)
    implements EventPayload {

  /** A row of another writer may lack what is not required of it. */
  public LlmCallStarted {
    contents = contents == null ? List.of() : List.copyOf(contents);
  }

  @Override
  public String eventType() {
    return EventType.LLM_CALL_STARTED.wireName();
  }
}
