package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts one request of the Chat Completions API. */
final class ChatCount {

  private final CountedRequest counted;
  private final ObjectNode request;
  private final Content content;
  private final int messageFraming;
  private final RenderedFunctions functions;
  private final Optional<ResponseSchema> schema;
  private final Map<String, String> functionOfCall = new HashMap<>();
  private final Set<String> parallelCalls = new HashSet<>();

  ChatCount(CountedRequest counted, ObjectNode request) {
    this.counted = counted;
    this.request = request;
    this.content = new Content(counted);
    this.messageFraming = ModelProfile.messageFraming(request.path("model").asText());
    this.functions = counted.rendered(offered());
    this.schema = ResponseSchema.ofChat(request.path("response_format"));
  }

  void count() {
    counted.tally().addFraming(counted.isClassic() ? 3 : 2);
    countMessages();
    if (counted.isClassic()) {
      countNamedChoice();
    } else {
      countToolsOfReasoning();
      schema.ifPresent(this::countSchemaOfReasoning);
    }
    if (schema.isPresent()) {
      counted.doubt("a response schema is not known to the token on Chat");
    }
  }

  private List<JsonNode> offered() {
    List<JsonNode> offered = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      if (tool.path("type").asText("function").equals("function")) {
        offered.add(tool.path("function"));
      } else {
        counted.doubtPart("a tool", tool.path("type").asText());
      }
    }
    request.path("functions").forEach(offered::add);
    return offered;
  }

  private void countMessages() {
    boolean appendixPending = counted.isClassic();
    for (JsonNode message : request.path("messages")) {
      String role = message.path("role").asText("");
      counted.tally().beginMessage(role.equals("function") ? "tool" : role);
      boolean takesAppendix =
          appendixPending && (role.equals("system") || role.equals("developer"));
      appendixPending &= !takesAppendix;
      countMessage(role, message, takesAppendix);
    }
    counted.tally().endMessages();
    if (appendixPending) {
      countAppendixAlone();
    }
  }

  private void countMessage(String role, JsonNode message, boolean takesAppendix) {
    switch (role) {
      case "assistant" -> countAssistant(message);
      case "tool", "function" -> countResult(role, message);
      default -> countPlain(role, message, takesAppendix);
    }
  }

  private void countPlain(String role, JsonNode message, boolean takesAppendix) {
    String text = content.text(message.path("content"));
    int tokens = counted.tokens(text);
    counted.tally().addContent(role, tokens);
    countHeader(role, message);
    if (takesAppendix) {
      countAppendix(text, tokens);
    }
  }

  private void countHeader(String role, JsonNode message) {
    String name = message.path("name").asText("");
    counted
        .tally()
        .addFraming(
            name.isEmpty()
                ? messageFraming
                : messageFraming - 1 + counted.tokens(role + ":" + name));
  }

  private void countAssistant(JsonNode message) {
    String text = content.text(message.path("content")) + message.path("refusal").asText("");
    List<JsonNode> calls = calls(message);
    counted.tally().addContent("assistant", counted.tokens(text));
    if (calls.isEmpty() || !text.isEmpty()) {
      countHeader("assistant", message);
    }
    if (!counted.isClassic()) {
      counted.tally().addFraming(2);
    }
    countCalls(calls);
  }

  private static List<JsonNode> calls(JsonNode message) {
    List<JsonNode> calls = new ArrayList<>();
    message.path("tool_calls").forEach(calls::add);
    if (message.path("function_call").isObject()) {
      calls.add(message);
    }
    return calls;
  }

  private void countCalls(List<JsonNode> calls) {
    for (JsonNode call : calls) {
      String id = call.path("id").asText("");
      functionOfCall.put(id, function(call).path("name").asText(""));
      if (calls.size() > 1) {
        parallelCalls.add(id);
      }
    }
    if (!calls.isEmpty()) {
      counted.doubt("calls of functions and their results are not known to the token on Chat");
    }
    if (calls.size() == 1) {
      countCall(function(calls.get(0)));
    } else if (calls.size() > 1) {
      countParallelCalls(calls);
    }
  }

  private static JsonNode function(JsonNode call) {
    return call.has("function_call") ? call.path("function_call") : call.path("function");
  }

  private void countCall(JsonNode function) {
    int tokens =
        counted.tokens("functions." + function.path("name").asText(""))
            + counted.tokens(CompactJson.of(function.path("arguments").asText("")));
    counted.tally().addContent("assistant", tokens);
    counted.tally().addFraming(6);
  }

  private void countParallelCalls(List<JsonNode> calls) {
    String uses =
        calls.stream()
            .map(ChatCount::function)
            .map(
                function ->
                    "{\"recipient_name\":\"functions."
                        + function.path("name").asText("")
                        + "\",\"parameters\":"
                        + CompactJson.of(function.path("arguments").asText(""))
                        + "}")
            .collect(java.util.stream.Collectors.joining(",", "{\"tool_uses\":[", "]}"));
    counted
        .tally()
        .addContent("assistant", counted.tokens("multi_tool_use.parallel") + counted.tokens(uses));
    counted.tally().addFraming(counted.isClassic() ? 20 : 26);
  }

  private void countResult(String role, JsonNode message) {
    String text = content.text(message.path("content"));
    String id = message.path("tool_call_id").asText("");
    counted.tally().addContent("tool", counted.tokens(text));
    if (parallelCalls.contains(id)) {
      return;
    }
    String name =
        role.equals("function")
            ? message.path("name").asText("")
            : functionOfCall.getOrDefault(id, "");
    counted.tally().addFraming(1 + counted.tokens(name) + resultFraming());
  }

  /**
   * What stands around a result beside the function's name, which is a text of its own here: other
   * than in the call, its first token does not depend on the dot before it.
   */
  private int resultFraming() {
    return switch (counted.profile().generation()) {
      case CLASSIC, O_SERIES -> 5;
      case GPT_5, GPT_5_4 -> 10;
    };
  }

  /** What classic models read behind the system message: tools, then the response schema. */
  private void countAppendix(String text, int textTokens) {
    String withTools = functions.isEmpty() ? text : text + "\n\n" + tools();
    int tokensWithTools = functions.isEmpty() ? textTokens : counted.tokens(withTools);
    if (!functions.isEmpty()) {
      counted.tally().addToolDefinitions(tokensWithTools - textTokens - 1);
    }
    schema.ifPresent(format -> countAppendedSchema(format, withTools, tokensWithTools));
  }

  private void countAppendedSchema(ResponseSchema format, String before, int tokensBefore) {
    int added = counted.tokens(before + "\n\n" + formats(format)) - tokensBefore;
    counted.tally().addResponseFormat(added + answerHeader(format));
  }

  /** The same where no system message is there to carry it. */
  private void countAppendixAlone() {
    if (!functions.isEmpty()) {
      counted.tally().addToolDefinitions(4 + counted.tokens(tools()) - 1);
    }
    schema.ifPresent(
        format ->
            counted
                .tally()
                .addResponseFormat(4 + counted.tokens(formats(format)) + answerHeader(format)));
  }

  /**
   * The name of the schema, to which the answer is addressed; not where the model may answer with a
   * call of a tool instead.
   */
  private int answerHeader(ResponseSchema format) {
    return functions.isEmpty() ? counted.tokens(format.name()) + 2 : 0;
  }

  private String tools() {
    return "# Tools\n\n## functions\n\n" + functions.namespace();
  }

  private static String formats(ResponseSchema schema) {
    return "# Response Formats\n\n" + schema.section();
  }

  private void countToolsOfReasoning() {
    if (!functions.isEmpty()) {
      int heading = counted.profile().generation() == Generation.O_SERIES ? 16 : 97;
      counted.tally().addToolDefinitions(counted.tokens(functions.body()) + heading);
    }
  }

  private void countSchemaOfReasoning(ResponseSchema format) {
    counted.tally().addResponseFormat(counted.tokens(format.section()) + 16);
  }

  private void countNamedChoice() {
    String name =
        request
            .path("tool_choice")
            .path("function")
            .path("name")
            .asText(request.path("function_call").path("name").asText(""));
    if (!name.isEmpty()) {
      counted.tally().addFraming(7 + counted.tokens(name));
    }
  }
}
