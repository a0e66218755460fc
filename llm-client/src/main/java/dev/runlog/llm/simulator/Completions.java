package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import dev.runlog.llm.tokens.ContextCounter;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Answers chat requests in OpenAI's wire format, with true token counts. Thread-safe. */
final class Completions {

  private final ContextCounter counter = new ContextCounter();
  private final AtomicLong answered = new AtomicLong();
  private final Clock clock;

  Completions(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads and checks a request.
   *
   * @throws RequestRefused with the error that OpenAI would give
   */
  static ObjectNode parse(String body) throws RequestRefused {
    ObjectNode request = parse(body, "messages");
    check(
        request.path("messages").isArray() && !request.path("messages").isEmpty(),
        ApiError.invalidRequest(
            "Invalid 'messages': expected an array with at least one message.",
            "messages",
            "invalid_type"));
    return request;
  }

  /**
   * The same for what all endpoints check.
   *
   * @param required the field beside the model that a request must have
   */
  static ObjectNode parse(String body, String required) throws RequestRefused {
    ObjectNode request = parseJson(body);
    check(request.has("model"), ApiError.missingParameter("model"));
    check(
        request.path("model").isTextual(),
        ApiError.invalidRequest(
            "Invalid type for 'model': expected a string.", "model", "invalid_type"));
    check(request.has(required), ApiError.missingParameter(required));
    check(
        KnownModels.contains(request.path("model").asText()),
        ApiError.unknownModel(request.path("model").asText()));
    return request;
  }

  /** The completion of a checked request. */
  Completion complete(ObjectNode request) {
    long promptTokens = counter.countChat(request).totalTokens();
    SimulatedAnswer answer = SimulatedAnswer.to(request, counter);
    ObjectNode json = Json.object();
    json.put("id", "chatcmpl-simulated-%08d".formatted(answered.incrementAndGet()))
        .put("object", "chat.completion")
        .put("created", clock.instant().getEpochSecond())
        .put("model", request.path("model").asText());
    addChoice(json, answer);
    addUsage(json, promptTokens, answer.tokens());
    json.put("service_tier", "default").put("system_fingerprint", "fp_simulator");
    return new Completion(reply(request, json), promptTokens, answer.tokens());
  }

  private static Reply reply(ObjectNode request, ObjectNode json) {
    if (!request.path("stream").asBoolean(false)) {
      return Reply.json(200, json.toString());
    }
    boolean usage = request.path("stream_options").path("include_usage").asBoolean(false);
    return Reply.stream(ChatEvents.of(json, usage));
  }

  private static void addChoice(ObjectNode json, SimulatedAnswer answer) {
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message");
    message.put("role", "assistant").put("content", answer.text()).putNull("refusal");
    answer.calledFunction().ifPresent(name -> addCall(message, name));
    message.putArray("annotations");
    choice.putNull("logprobs").put("finish_reason", answer.finishReason());
  }

  private static void addCall(ObjectNode message, String name) {
    message.putNull("content");
    ObjectNode call = message.putArray("tool_calls").addObject();
    call.put("id", "call_simulated").put("type", "function");
    call.putObject("function").put("name", name).put("arguments", SimulatedAnswer.ARGUMENTS);
  }

  private static void addUsage(ObjectNode json, long promptTokens, long completionTokens) {
    ObjectNode usage = json.putObject("usage");
    usage
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", completionTokens)
        .put("total_tokens", promptTokens + completionTokens);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
    usage
        .putObject("completion_tokens_details")
        .put("reasoning_tokens", 0)
        .put("audio_tokens", 0)
        .put("accepted_prediction_tokens", 0)
        .put("rejected_prediction_tokens", 0);
  }

  private static ObjectNode parseJson(String body) throws RequestRefused {
    try {
      return Json.readObject(body);
    } catch (JsonException e) {
      RequestRefused refused = new RequestRefused(ApiError.malformed());
      refused.initCause(e);
      throw refused;
    }
  }

  private static void check(boolean holds, ApiError otherwise) throws RequestRefused {
    if (!holds) {
      throw new RequestRefused(otherwise);
    }
  }

  /** A completion as it is sent, and what it reports. */
  record Completion(Reply reply, long promptTokens, long completionTokens) {}
}
