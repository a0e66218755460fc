package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.regex.Pattern;

/** A response as the stream that OpenAI would send of it. */
final class ResponseEvents {

  private static final Pattern BEFORE_WORD = Pattern.compile("(?= )");

  private final StringBuilder events = new StringBuilder();
  private int number;

  private ResponseEvents() {}

  static String of(ObjectNode response) {
    ResponseEvents stream = new ResponseEvents();
    ObjectNode begun = response.deepCopy().put("status", "in_progress").putNull("usage");
    begun.putArray("output");
    stream.add("response.created", Json.object().set("response", begun));
    int index = 0;
    for (JsonNode item : response.path("output")) {
      stream.addItem(index, item);
      index++;
    }
    String last = "response." + response.path("status").asText();
    stream.add(last, Json.object().set("response", response));
    return stream.events.toString();
  }

  private void addItem(int index, JsonNode item) {
    add("response.output_item.added", at(index).set("item", item));
    String text = item.path("content").path(0).path("text").asText("");
    for (String word : BEFORE_WORD.split(text, -1)) {
      if (!word.isEmpty()) {
        add("response.output_text.delta", at(index).put("content_index", 0).put("delta", word));
      }
    }
    if (item.has("arguments")) {
      add(
          "response.function_call_arguments.delta",
          at(index).put("delta", item.path("arguments").asText()));
    }
    add("response.output_item.done", at(index).set("item", item));
  }

  private static ObjectNode at(int index) {
    return Json.object().put("output_index", index);
  }

  private void add(String type, ObjectNode event) {
    event.put("type", type).put("sequence_number", number);
    number++;
    events.append("event: ").append(type).append("\ndata: ").append(event).append("\n\n");
  }
}
