package dev.runlog.events.payload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What fills the context of one model call, in tokens of the model's own encoding. The parts add
 * up: {@code totalTokens} is the sum of {@code byRole}, {@code toolDefinitions}, {@code
 * responseFormat}, {@code images} and {@code framing}.
 *
 * @param totalTokens estimate of the provider's input tokens
 * @param byRole tokens of the contents by role: system, developer, user, assistant, tool
 * @param toolDefinitions tokens of the tools offered
 * @param tools the same by the name of the tool, headings and namespace left out
 * @param responseFormat tokens of the response schema
 * @param images tokens of the images
 * @param framing tokens that the wire format adds around messages
 * @param messages how many messages
 * @param windowTokens size of the model's context window, absent when it is not known
 * @param utilization {@code totalTokens / windowTokens}, absent when the window is not known
 * @param exactness {@code exact} or {@code approximate}
 * @param exactnessReason why it is approximate, absent when it is exact
 */
public record ContextBreakdown(
    long totalTokens,
    Map<String, Long> byRole,
    long toolDefinitions,
    Map<String, Long> tools,
    long responseFormat,
    long images,
    long framing,
    int messages,
    Optional<Long> windowTokens,
    Optional<Double> utilization,
    String exactness,
    Optional<String> exactnessReason) {

  /** A row of another writer may lack what is not required of it. */
  public ContextBreakdown {
    byRole = Collections.unmodifiableMap(new LinkedHashMap<>(byRole));
    tools = tools == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tools));
  }
}
