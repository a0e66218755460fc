package dev.runlog.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import java.util.Optional;

/**
 * What a provider says went wrong: {@code {"error": {"message", "type", "code", "param"}}}, and the
 * forms of it that compatible servers send.
 *
 * @param message for people; never empty
 * @param type class of the error, such as {@code invalid_request_error}
 * @param code the error, such as {@code model_not_found}; servers send numbers too
 * @param param the field of the request that is at fault
 */
public record ProviderError(
    String message, Optional<String> type, Optional<String> code, Optional<String> param) {

  private static final int MAX_CHARS = 2_000;

  /** Reads the body of an error; what is no JSON becomes the message itself, shortened. */
  public static ProviderError ofBody(String body) {
    try {
      JsonNode json = Json.read(body, JsonNode.class);
      return find(json).orElseGet(() -> ofText(body));
    } catch (JsonException e) {
      return ofText(body);
    }
  }

  /** The error that a JSON answer holds, absent when it holds none. */
  public static Optional<ProviderError> find(JsonNode json) {
    JsonNode answer = json.isArray() ? json.path(0) : json;
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      return Optional.of(ofObject(error));
    }
    if (error.isTextual()) {
      return Optional.of(ofText(error.asText()));
    }
    return answer.path("choices").isMissingNode() ? ofPlain(answer) : Optional.empty();
  }

  private static Optional<ProviderError> ofPlain(JsonNode answer) {
    boolean hasMessage = answer.hasNonNull("message") || answer.hasNonNull("detail");
    return hasMessage ? Optional.of(ofObject(answer)) : Optional.empty();
  }

  private static ProviderError ofObject(JsonNode error) {
    String message =
        field(error, "message").or(() -> field(error, "detail")).orElseGet(error::toString);
    return new ProviderError(
        shortened(message), field(error, "type"), field(error, "code"), field(error, "param"));
  }

  private static ProviderError ofText(String text) {
    String message = text.isBlank() ? "the answer is empty" : shortened(text.strip());
    return new ProviderError(message, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Optional<String> field(JsonNode error, String name) {
    JsonNode value = error.path(name);
    return Optional.of(value.isTextual() ? value.asText() : value.toString())
        .filter(text -> error.hasNonNull(name) && !text.isBlank())
        .map(ProviderError::shortened);
  }

  private static String shortened(String text) {
    return Abbreviated.of(text, MAX_CHARS);
  }
}
