package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts one request of the Responses API. */
final class ResponsesCount {

  private static final int MESSAGE_FRAMING = 4;

  private final CountedRequest counted;
  private final ObjectNode request;
  private final Content content;
  private final Map<String, String> functionOfCall = new HashMap<>();

  ResponsesCount(CountedRequest counted, ObjectNode request) {
    this.counted = counted;
    this.request = request;
    this.content = new Content(counted);
  }

  void count() {
    counted.tally().addFraming(counted.isClassic() ? 3 : 2);
    countText("system", request.path("instructions"));
    if (request.path("input").isTextual()) {
      countText("user", request.path("input"));
    } else {
      countItems();
    }
    counted.tally().endMessages();
    countTools();
    countSchema();
    countNamedChoice();
    doubtWhatTheServerAdds();
  }

  private void doubtWhatTheServerAdds() {
    for (String field : List.of("previous_response_id", "conversation", "prompt")) {
      if (request.hasNonNull(field)) {
        counted.doubt("what " + field + " stands for is known to the server alone");
      }
    }
  }

  private void countText(String role, JsonNode text) {
    if (text.isTextual()) {
      countMessage(role, text);
    }
  }

  private void countMessage(String role, JsonNode body) {
    counted.tally().beginMessage(role);
    counted.tally().addContent(role, counted.tokens(content.text(body)));
    counted.tally().addFraming(MESSAGE_FRAMING);
    if (role.equals("assistant") && !counted.isClassic()) {
      counted.tally().addFraming(2);
    }
  }

  private void countItems() {
    List<JsonNode> items = new ArrayList<>();
    request.path("input").forEach(items::add);
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      switch (item.path("type").asText("message")) {
        case "message" -> countMessage(item.path("role").asText(""), item.path("content"));
        case "function_call" -> countCall(item, isParallel(items, i));
        case "function_call_output" -> countOutput(item);
        default -> countNothing(item.path("type").asText());
      }
    }
  }

  private static boolean isParallel(List<JsonNode> items, int at) {
    return isCall(items, at - 1) || isCall(items, at + 1);
  }

  private static boolean isCall(List<JsonNode> items, int at) {
    return at >= 0
        && at < items.size()
        && items.get(at).path("type").asText().equals("function_call");
  }

  private void countCall(JsonNode call, boolean parallel) {
    String name = call.path("name").asText("");
    String arguments = call.path("arguments").asText("");
    functionOfCall.put(call.path("call_id").asText(""), name);
    counted.tally().beginMessage("assistant");
    counted
        .tally()
        .addContent(
            "assistant",
            counted.tokens("functions." + name)
                + counted.tokens(counted.isClassic() ? arguments : CompactJson.of(arguments)));
    if (parallel && counted.profile().generation() == Generation.GPT_5_4) {
      counted.doubt("parallel calls of this model are not known to the token");
    }
    boolean answered = call.hasNonNull("id") && call.hasNonNull("status") && !parallel;
    counted.tally().addFraming(counted.isClassic() ? (answered ? 8 : 5) : 8);
  }

  private void countOutput(JsonNode output) {
    counted.tally().beginMessage("tool");
    String name = functionOfCall.getOrDefault(output.path("call_id").asText(""), "");
    counted.tally().addContent("tool", counted.tokens(content.text(output.path("output"))));
    int framing =
        counted.isClassic() ? 4 : counted.profile().generation() == Generation.GPT_5_4 ? 10 : 7;
    counted.tally().addFraming(counted.tokens("functions." + name) + framing);
  }

  private void countNothing(String type) {
    counted.doubtPart("an item", type);
  }

  private void countTools() {
    RenderedFunctions functions = counted.rendered(offered());
    if (!functions.isEmpty()) {
      counted.tally().addToolDefinitions(toolTokens(functions));
    }
  }

  private List<JsonNode> offered() {
    List<JsonNode> offered = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      if (tool.path("type").asText().equals("function")) {
        offered.add(tool);
      } else {
        counted.doubtPart("a tool", tool.path("type").asText());
      }
    }
    return offered;
  }

  private int toolTokens(RenderedFunctions functions) {
    return switch (counted.profile().generation()) {
      case CLASSIC -> counted.tokens(functions.namespace()) + 3;
      case O_SERIES -> counted.tokens(functions.body()) + 12;
      case GPT_5, GPT_5_4 -> counted.tokens(functions.body()) + 15;
    };
  }

  private void countSchema() {
    ResponseSchema.ofResponses(request.path("text").path("format"))
        .ifPresent(
            schema ->
                counted
                    .tally()
                    .addResponseFormat(
                        counted.tokens(schema.section()) + (counted.isClassic() ? 5 : 4)));
  }

  private void countNamedChoice() {
    String name = request.path("tool_choice").path("name").asText("");
    if (counted.isClassic() && !name.isEmpty()) {
      counted.tally().addFraming(7 + counted.tokens(name));
    }
  }
}
