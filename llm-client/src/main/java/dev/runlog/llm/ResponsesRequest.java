package dev.runlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;

/**
 * A request of the Responses API.
 *
 * @param json the request in the API's own form; later changes of the object change nothing here
 */
public record ResponsesRequest(ObjectNode json) implements ModelRequest {

  public ResponsesRequest {
    json = json.deepCopy();
  }

  /** One user message. */
  public static ResponsesRequest ofPrompt(String model, String prompt) {
    return new ResponsesRequest(Json.object().put("model", model).put("input", prompt));
  }

  /**
   * A request in the API's own form.
   *
   * @throws dev.runlog.events.json.JsonException when the text is no JSON object
   */
  public static ResponsesRequest ofJson(String json) {
    return new ResponsesRequest(Json.readObject(json));
  }

  @Override
  public ObjectNode json() {
    return json.deepCopy();
  }
}
