package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.llm.openai.AnswerTimeoutException;
import dev.runlog.llm.openai.AnswerTooLongException;
import dev.runlog.llm.openai.Exchange;
import dev.runlog.llm.openai.HttpAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asks a server which models it offers, once. */
final class ModelList {

  private final ModelCalls calls;
  private final CallFailures failures;

  ModelList(ModelCalls calls) {
    this.calls = calls;
    this.failures = new CallFailures("/models", calls.redactor());
  }

  /**
   * @throws LlmException when there is no answer
   */
  List<String> names() {
    HttpAnswer answer = answer();
    if (!answer.isSuccess()) {
      throw failures.refused(answer);
    }
    JsonNode models = parse(answer).path("data");
    if (!models.isArray()) {
      throw failures.invalidAnswer(answer, "the answer holds no list of models");
    }
    List<String> names = new ArrayList<>();
    models.forEach(model -> names.add(model.path("id").asText()));
    return List.copyOf(names);
  }

  private HttpAnswer answer() {
    try (Exchange exchange = calls.transport().get("/models", calls.patience())) {
      return exchange.awaitAnswer().orElseThrow();
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.cancelled("the thread was interrupted", e);
    }
  }

  private LlmException unreachable(IOException e) {
    if (calls.closed().getAsBoolean()) {
      return failures.cancelled("the client was closed", e);
    }
    if (e instanceof AnswerTooLongException) {
      return failures.tooLong(e);
    }
    return e instanceof AnswerTimeoutException
        ? failures.timedOut(String.valueOf(e.getMessage()), e)
        : failures.unreachable(e);
  }

  private ObjectNode parse(HttpAnswer answer) {
    try {
      return Json.readObject(answer.body());
    } catch (JsonException e) {
      throw failures.invalidAnswer(answer, "the answer cannot be read (" + e.getMessage() + ")");
    }
  }
}
