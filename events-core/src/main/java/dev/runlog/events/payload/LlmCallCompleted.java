package dev.runlog.events.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A model answered. Token figures are the provider's own; absent means that it did not report them.
 *
 * @param startedEventId id of the event that this one closes
 * @param modelName model as answered, else as requested
 * @param latencyMs milliseconds from the first attempt to the end of the answer
 * @param inputTokens input tokens, cached ones included
 * @param outputTokens output tokens, reasoning ones included
 * @param cachedInputTokens input tokens read from the cache
 * @param reasoningTokens output tokens spent on reasoning
 * @param cacheWriteTokens input tokens written to a cache
 * @param timeToFirstTokenMs milliseconds to the first token of a streamed answer, absent when it
 *     was not streamed
 * @param attempts requests sent, the first included
 * @param finishReason why the model stopped
 * @param estimatedInputTokens {@code context.total_tokens} of the call, kept beside the provider's
 *     figure
 * @param estimateErrorTokens {@code estimated_input_tokens} − {@code input_tokens}, absent when
 *     either is
 * @param estimateExactness {@code context.exactness} of the call, absent when it was not counted
 * @param serviceTier the tier that served the call, such as {@code batch}, where the provider says
 *     so
 * @param costUsd cost in US dollars, absent when no price is known
 * @param requestId the provider's id of the request
 * @param usageSource {@code reported} or {@code missing}
 * @param response the answer itself where capturing is switched on, else absent
 */
public record LlmCallCompleted(
    long startedEventId,
    String modelName,
    long latencyMs,
    Optional<Long> inputTokens,
    Optional<Long> outputTokens,
    Optional<Long> cachedInputTokens,
    Optional<Long> reasoningTokens,
    Optional<Long> cacheWriteTokens,
    Optional<Long> timeToFirstTokenMs,
    int attempts,
    Optional<String> finishReason,
    Optional<Long> estimatedInputTokens,
    Optional<Long> estimateErrorTokens,
    Optional<String> estimateExactness,
    Optional<String> serviceTier,
    Optional<BigDecimal> costUsd,
    Optional<String> requestId,
    String usageSource,
    Optional<JsonNode> response)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.LLM_CALL_COMPLETED.wireName();
  }
}
