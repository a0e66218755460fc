package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.Optional;

/**
 * A request of the Chat Completions API as data: fields that this library does not know go to the
 * server untouched. Immutable.
 */
public final class ChatRequest {

  private final ObjectNode json;

  private ChatRequest(ObjectNode json) {
    this.json = json;
  }

  /** One user message. */
  public static ChatRequest ofPrompt(String model, String prompt) {
    ObjectNode json = Json.object().put("model", model);
    json.putArray("messages").addObject().put("role", "user").put("content", prompt);
    return new ChatRequest(json);
  }

  /** A request in the API's own form; later changes of the object change nothing here. */
  public static ChatRequest ofJson(ObjectNode json) {
    return new ChatRequest(json.deepCopy());
  }

  /**
   * A request in the API's own form.
   *
   * @throws dev.runlog.events.json.JsonException when the text is no JSON object
   */
  public static ChatRequest ofJson(String json) {
    return new ChatRequest(Json.readObject(json));
  }

  /** The request as it is sent, a copy. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The model that the request names. */
  public Optional<String> model() {
    return Optional.of(json.path("model").asText("")).filter(name -> !name.isBlank());
  }

  /** Whether the answer is to come as a stream. */
  public boolean isStream() {
    return json.path("stream").asBoolean(false);
  }

  /** The same request, with that model where it names none. */
  public ChatRequest withDefaultModel(String model) {
    return model().isPresent() ? this : new ChatRequest(json().put("model", model));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChatRequest request && request.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return "ChatRequest" + json;
  }
}
