package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.llm.openai.HttpAnswer;
import dev.runlog.llm.openai.ProviderError;
import java.util.Optional;

/** Makes a response of a successful answer, or says why it is none. */
final class AnswerReader {

  private final String requestedModel;
  private final CallFailures failures;

  AnswerReader(String requestedModel, CallFailures failures) {
    this.requestedModel = requestedModel;
    this.failures = failures;
  }

  /**
   * @throws LlmException when the body is empty, no JSON, an error or without a choice
   */
  ChatResponse read(HttpAnswer answer) {
    ObjectNode json = parse(answer);
    if (ProviderError.find(json).isPresent()) {
      throw failures.errorInAnswer(answer);
    }
    if (!json.path("choices").path(0).path("message").isObject()) {
      throw failures.invalidAnswer(answer, "the answer holds no message in its choices");
    }
    return new ChatResponse(json, model(json), requestId(answer, json));
  }

  private ObjectNode parse(HttpAnswer answer) {
    if (answer.body().isBlank()) {
      throw failures.invalidAnswer(answer, "the answer is empty");
    }
    try {
      return Json.readObject(answer.body());
    } catch (JsonException e) {
      throw failures.invalidAnswer(answer, "the answer cannot be read (" + e.getMessage() + ")");
    }
  }

  private String model(JsonNode json) {
    String answered = json.path("model").asText("");
    return answered.isBlank() ? requestedModel : answered;
  }

  private static Optional<String> requestId(HttpAnswer answer, JsonNode json) {
    return answer
        .requestId()
        .or(() -> Optional.of(json.path("id").asText("")).filter(id -> !id.isEmpty()));
  }
}
