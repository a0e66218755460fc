package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model answered over the Responses API. Immutable.
 *
 * @param json the answer as it came
 * @param model model as answered, else as requested
 * @param requestId the provider's id of the request
 */
public record ResponsesResponse(ObjectNode json, String model, Optional<String> requestId)
    implements ModelAnswer {

  public ResponsesResponse {
    json = json.deepCopy();
  }

  @Override
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The texts of all messages, joined; empty when the model called tools or refused instead. */
  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : json.path("output").findParents("text")) {
      if (part.path("type").asText().equals("output_text")) {
        text.append(part.path("text").asText());
      }
    }
    return text.toString();
  }

  /** The calls of functions that the model asks for, in the API's own form. */
  public List<JsonNode> functionCalls() {
    List<JsonNode> calls = new ArrayList<>();
    for (JsonNode item : json.path("output")) {
      if (item.path("type").asText().equals("function_call")) {
        calls.add(item);
      }
    }
    return calls;
  }

  /** Why the answer is incomplete where it is, else its status, such as {@code completed}. */
  @Override
  public Optional<String> finishReason() {
    String status = json.path("status").asText("");
    String reason = json.path("incomplete_details").path("reason").asText(status);
    return Optional.of(reason).filter(text -> !text.isEmpty());
  }
}
