package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * The counts of a model have moved away from what its provider bills: its rules have changed, or
 * something between adds to the requests.
 *
 * @param modelName model as answered
 * @param calls size of the window, in calls
 * @param meanRelativeError mean of |estimated − reported| / reported over the window
 * @param threshold what the mean error went beyond
 * @param estimatedInputTokens sum over the window
 * @param inputTokens sum over the window, as reported
 */
public record LlmAccountingDrifted(
    String modelName,
    int calls,
    double meanRelativeError,
    double threshold,
    long estimatedInputTokens,
    long inputTokens)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.LLM_ACCOUNTING_DRIFTED.wireName();
  }
}
