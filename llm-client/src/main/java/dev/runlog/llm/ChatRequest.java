package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;

/**
 * A request of the Chat Completions API as data: fields that this library does not know go to the
 * server untouched. Immutable.
 */
public final class ChatRequest implements ModelRequest {

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

  @Override
  public ObjectNode json() {
    return json.deepCopy();
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
