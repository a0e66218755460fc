package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.llm.simulator.Completions.Completion;
import dev.runlog.llm.tokens.ContextCounter;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Answers requests of the Responses API, with true token counts. Thread-safe. */
final class Responses {

  private final ContextCounter counter = new ContextCounter();
  private final AtomicLong answered = new AtomicLong();
  private final Clock clock;

  Responses(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads and checks a request.
   *
   * @throws RequestRefused with the error that OpenAI would give
   */
  static ObjectNode parse(String body) throws RequestRefused {
    return Completions.parse(body, "input");
  }

  /** The answer to a checked request. */
  Completion complete(ObjectNode request) {
    long inputTokens = counter.countResponses(request).totalTokens();
    SimulatedAnswer answer = SimulatedAnswer.to(asChat(request), counter);
    ObjectNode json = Json.object();
    json.put("id", "resp_simulated_%08d".formatted(answered.incrementAndGet()))
        .put("object", "response")
        .put("created_at", clock.instant().getEpochSecond())
        .put("status", answer.finishReason().equals("length") ? "incomplete" : "completed")
        .putNull("error");
    if (answer.finishReason().equals("length")) {
      json.putObject("incomplete_details").put("reason", "max_output_tokens");
    } else {
      json.putNull("incomplete_details");
    }
    json.put("model", request.path("model").asText());
    addOutput(json, answer);
    addUsage(json, inputTokens, answer.tokens());
    Reply reply =
        request.path("stream").asBoolean(false)
            ? Reply.stream(ResponseEvents.of(json))
            : Reply.json(200, json.toString());
    return new Completion(reply, inputTokens, answer.tokens());
  }

  /** The same question as a chat asks it. */
  private static ObjectNode asChat(ObjectNode request) {
    ObjectNode chat = request.deepCopy();
    JsonNode input = chat.remove("input");
    if (input.isTextual()) {
      chat.putArray("messages").addObject().put("role", "user").set("content", input);
    } else {
      chat.set("messages", input);
    }
    return chat;
  }

  private static void addOutput(ObjectNode json, SimulatedAnswer answer) {
    ObjectNode item = json.putArray("output").addObject();
    item.put("id", "item_simulated").put("status", "completed");
    if (answer.calledFunction().isPresent()) {
      item.put("type", "function_call").put("call_id", "call_simulated");
      item.put("name", answer.calledFunction().get()).put("arguments", SimulatedAnswer.ARGUMENTS);
    } else {
      item.put("type", "message").put("role", "assistant");
      ObjectNode part = item.putArray("content").addObject();
      part.put("type", "output_text").put("text", answer.text()).putArray("annotations");
    }
  }

  private static void addUsage(ObjectNode json, long inputTokens, long outputTokens) {
    ObjectNode usage = json.putObject("usage");
    usage
        .put("input_tokens", inputTokens)
        .put("output_tokens", outputTokens)
        .put("total_tokens", inputTokens + outputTokens);
    usage.putObject("input_tokens_details").put("cached_tokens", 0);
    usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
  }
}
