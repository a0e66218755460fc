package dev.runlog.llm.langchain4j;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.runlog.events.json.Json;
import java.util.Optional;

/** A response of LangChain4j in the form of the Chat Completions API. */
final class WireAnswer {

  private WireAnswer() {}

  static ObjectNode of(ChatResponse response) {
    ObjectNode json = Json.object();
    json.put("id", response.id()).put("model", response.modelName());
    Accessors.text(response.metadata(), "serviceTier")
        .ifPresent(tier -> json.put("service_tier", tier));
    ObjectNode choice = json.putArray("choices").addObject();
    WireRequest.addAnswer(response.aiMessage(), choice.putObject("message"));
    Optional.ofNullable(response.finishReason())
        .ifPresent(reason -> choice.put("finish_reason", finishReason(reason)));
    Optional.ofNullable(response.tokenUsage())
        .ifPresent(usage -> addUsage(usage, json.putObject("usage")));
    return json;
  }

  private static String finishReason(FinishReason reason) {
    return switch (reason) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case TOOL_EXECUTION -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
      case OTHER -> "other";
    };
  }

  private static void addUsage(TokenUsage usage, ObjectNode json) {
    json.put("prompt_tokens", usage.inputTokenCount());
    json.put("completion_tokens", usage.outputTokenCount());
    Accessors.number(usage, "inputTokensDetails", "cachedTokens")
        .ifPresent(tokens -> json.putObject("prompt_tokens_details").put("cached_tokens", tokens));
    Accessors.number(usage, "outputTokensDetails", "reasoningTokens")
        .ifPresent(
            tokens -> json.putObject("completion_tokens_details").put("reasoning_tokens", tokens));
  }
}
