package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.llm.openai.HttpAnswer;
import dev.runlog.llm.openai.ProviderError;
import java.util.Optional;

/** Makes a response of a successful answer, or says why it is none. */
final class AnswerReader<A extends ModelAnswer> {

  private final Api<A> api;
  private final String requestedModel;
  private final CallFailures failures;

  AnswerReader(Api<A> api, String requestedModel, CallFailures failures) {
    this.api = api;
    this.requestedModel = requestedModel;
    this.failures = failures;
  }

  /**
   * @throws LlmException when the body is empty, no JSON, an error or without what was asked for
   */
  A read(HttpAnswer answer) {
    return read(answer, parse(answer));
  }

  /**
   * The same of an answer whose body was a stream.
   *
   * @throws LlmException when it is an error or without what was asked for
   */
  A read(HttpAnswer answer, ObjectNode json) {
    if (ProviderError.find(json).isPresent()) {
      throw failures.errorInAnswer(answer, json.toString());
    }
    if (!api.isAnswer().test(json)) {
      throw failures.invalidAnswer(answer, "the answer " + api.lacking());
    }
    return api.make().make(json, model(json), requestId(answer, json));
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
