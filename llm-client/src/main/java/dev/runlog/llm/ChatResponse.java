package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a model answered. Immutable.
 *
 * @param json the answer as it came
 * @param model model as answered, else as requested
 * @param requestId the provider's id of the request
 */
public record ChatResponse(ObjectNode json, String model, Optional<String> requestId)
    implements ModelAnswer {

  public ChatResponse {
    json = json.deepCopy();
  }

  /** The answer as it came, a copy. */
  @Override
  public ObjectNode json() {
    return json.deepCopy();
  }

  /**
   * Text of the first choice, its parts joined; empty when the model called tools or refused
   * instead.
   */
  @Override
  public String text() {
    JsonNode content = message().path("content");
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }

  /** Why the model refused to answer, where it did. */
  public Optional<String> refusal() {
    return Optional.of(message().path("refusal").asText("")).filter(text -> !text.isEmpty());
  }

  /** The first choice's message, in the API's own form. */
  public JsonNode message() {
    return json.path("choices").path(0).path("message");
  }

  /** {@code stop}, {@code length}, {@code tool_calls} and the like. */
  @Override
  public Optional<String> finishReason() {
    JsonNode reason = json.path("choices").path(0).path("finish_reason");
    return reason.isTextual() ? Optional.of(reason.asText()) : Optional.empty();
  }
}
