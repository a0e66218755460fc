package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.pricing.BilledTokens;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tokens as the provider reports them, brought to OpenAI's meaning: input includes cached tokens,
 * output includes reasoning ones. Absent is what was not reported, never zero.
 *
 * @param inputTokens tokens of the context
 * @param outputTokens tokens that the model wrote
 * @param cachedInputTokens input tokens read from a cache, at most all
 * @param reasoningTokens output tokens spent on reasoning, at most all
 * @param cacheWriteTokens input tokens written to a cache, at most all
 */
public record TokenUsage(
    Optional<Long> inputTokens,
    Optional<Long> outputTokens,
    Optional<Long> cachedInputTokens,
    Optional<Long> reasoningTokens,
    Optional<Long> cacheWriteTokens) {

  /** What a server reports that reports nothing. */
  public static final TokenUsage MISSING =
      new TokenUsage(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Reads the usage of an answer; Groq's streams hold it in {@code x_groq}. */
  public static TokenUsage ofAnswer(JsonNode answer) {
    return of(
        answer.path("usage").isObject()
            ? answer.path("usage")
            : answer.path("x_groq").path("usage"));
  }

  /** Reads a {@code usage} object of any known server, of Chat Completions or Responses. */
  public static TokenUsage of(JsonNode usage) {
    Optional<Long> input = first(usage, "/prompt_tokens", "/input_tokens");
    Optional<Long> reasoning =
        first(
            usage,
            "/completion_tokens_details/reasoning_tokens",
            "/output_tokens_details/reasoning_tokens");
    Optional<Long> output =
        first(usage, "/completion_tokens", "/output_tokens")
            .map(tokens -> withReasoning(tokens, input, reasoning, usage));
    Optional<Long> written =
        first(
            usage,
            "/prompt_tokens_details/cache_write_tokens",
            "/input_tokens_details/cache_write_tokens",
            "/cache_write_tokens");
    return new TokenUsage(
        input,
        output,
        atMost(input, cached(usage)),
        atMost(output, reasoning),
        atMost(input, written));
  }

  /** Whether the provider reported anything. */
  public boolean isReported() {
    return inputTokens.isPresent() || outputTokens.isPresent();
  }

  /**
   * The tokens by what they cost; absent when a figure was not reported without which that would be
   * a guess.
   *
   * @param hasOutput whether the model writes tokens at all, which one of embeddings does not
   */
  Optional<BilledTokens> billed(boolean hasOutput) {
    Optional<Long> output = hasOutput ? outputTokens : Optional.of(outputTokens.orElse(0L));
    return inputTokens.flatMap(input -> output.map(written -> billed(input, written)));
  }

  private BilledTokens billed(long input, long output) {
    return new BilledTokens(
        input, cachedInputTokens.orElse(0L), cacheWriteTokens.orElse(0L), output);
  }

  private static Optional<Long> cached(JsonNode usage) {
    return first(
        usage,
        "/prompt_tokens_details/cached_tokens",
        "/input_tokens_details/cached_tokens",
        "/prompt_cache_hit_tokens",
        "/cached_tokens");
  }

  /** xAI leaves reasoning out of its completion tokens; its total shows that. */
  private static long withReasoning(
      long output, Optional<Long> input, Optional<Long> reasoning, JsonNode usage) {
    long hidden = reasoning.orElse(0L);
    boolean excluded =
        first(usage, "/total_tokens")
            .filter(total -> total == input.orElse(0L) + output + hidden)
            .isPresent();
    return excluded ? output + hidden : output;
  }

  private static Optional<Long> atMost(Optional<Long> whole, Optional<Long> part) {
    return part.map(tokens -> Math.min(tokens, whole.orElse(tokens)));
  }

  private static Optional<Long> first(JsonNode usage, String... pointers) {
    return Stream.of(pointers)
        .map(usage::at)
        .filter(JsonNode::isNumber)
        .map(JsonNode::asLong)
        .filter(tokens -> tokens >= 0)
        .findFirst();
  }
}
