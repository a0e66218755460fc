package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The events of the Responses API. The last one carries the whole answer; where a server leaves its
 * output out, that of the finished items is taken.
 */
final class StreamedResponses implements StreamedAnswer {

  private static final Set<String> LAST =
      Set.of("response.completed", "response.incomplete", "response.failed", "response.cancelled");

  private final Map<Integer, JsonNode> items = new TreeMap<>();
  private ObjectNode answer = Json.object();
  private boolean complete;
  private boolean hasOutput;

  @Override
  public StreamDelta add(ObjectNode event) {
    String type = event.path("type").asText("");
    if (event.path("response") instanceof ObjectNode response) {
      answer = response;
    }
    if (type.equals("response.output_item.done")) {
      items.put(event.path("output_index").asInt(items.size()), event.path("item"));
    }
    complete |= LAST.contains(type);
    hasOutput |= type.endsWith(".delta") || type.equals("response.output_item.done");
    return new StreamDelta(
        type.equals("response.output_text.delta") ? event.path("delta").asText("") : "",
        type.startsWith("response.reasoning") ? event.path("delta").asText("") : "",
        type.equals("response.function_call_arguments.delta") ? event.path("delta").asText("") : "",
        event);
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public boolean hasOutput() {
    return hasOutput;
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = answer.deepCopy();
    if (json.path("output").isEmpty() && !items.isEmpty()) {
      items.values().forEach(json.putArray("output")::add);
    }
    return json;
  }
}
