package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.regex.Pattern;

/** A completion as the stream that OpenAI would send of it: a role, words, an end, its usage. */
final class ChatEvents {

  private static final Pattern BEFORE_WORD = Pattern.compile("(?= )");

  private final ObjectNode head;
  private final StringBuilder events = new StringBuilder();

  private ChatEvents(ObjectNode completion) {
    head = completion.deepCopy().put("object", "chat.completion.chunk");
    head.remove("usage");
  }

  static String of(ObjectNode completion, boolean withUsage) {
    ChatEvents stream = new ChatEvents(completion);
    JsonNode choice = completion.path("choices").path(0);
    stream.add(Json.object().put("role", "assistant").put("content", ""));
    stream.addMessage(choice.path("message"));
    stream.addEnd(choice.path("finish_reason").asText());
    if (withUsage) {
      stream.addUsage(completion.path("usage"));
    }
    return stream.events.append("data: [DONE]\n\n").toString();
  }

  private void addMessage(JsonNode message) {
    for (String word : BEFORE_WORD.split(message.path("content").asText(""), -1)) {
      if (!word.isEmpty()) {
        add(Json.object().put("content", word));
      }
    }
    int index = 0;
    for (JsonNode call : message.path("tool_calls")) {
      ObjectNode delta = Json.object();
      delta.putArray("tool_calls").add(((ObjectNode) call.deepCopy()).put("index", index));
      add(delta);
      index++;
    }
  }

  private void add(ObjectNode delta) {
    ObjectNode chunk = head.deepCopy();
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs").putNull("finish_reason");
    append(chunk);
  }

  private void addEnd(String finishReason) {
    ObjectNode chunk = head.deepCopy();
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta");
    choice.putNull("logprobs").put("finish_reason", finishReason);
    append(chunk);
  }

  private void addUsage(JsonNode usage) {
    ObjectNode chunk = head.deepCopy();
    chunk.putArray("choices");
    chunk.set("usage", usage);
    append(chunk);
  }

  private void append(ObjectNode chunk) {
    events.append("data: ").append(chunk).append("\n\n");
  }
}
