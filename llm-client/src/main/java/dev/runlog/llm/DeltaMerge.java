package dev.runlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * Merges a delta into a message: texts grow, lists grow, names and ids stay as they came first, the
 * rest takes its last value. Calls of tools are told apart by their index; where a server sends
 * none, or the same for each, by their id.
 */
final class DeltaMerge {

  /** Texts that are whole when they come; some servers repeat them in each chunk. */
  private static final Set<String> WHOLE =
      Set.of("role", "id", "type", "name", "call_id", "format");

  private DeltaMerge() {}

  static void merge(ObjectNode target, JsonNode delta) {
    for (Map.Entry<String, JsonNode> field : delta.properties()) {
      if (field.getKey().equals("tool_calls")) {
        field.getValue().forEach(call -> mergeCall(target, call));
      } else {
        mergeField(target, field.getKey(), field.getValue());
      }
    }
  }

  static void mergeField(ObjectNode target, String name, JsonNode value) {
    JsonNode before = target.path(name);
    if (value.isNull()) {
      return;
    }
    if (before.isMissingNode() || before.isNull()) {
      setFirst(target, name, value);
    } else if (before.isTextual() && value.isTextual()) {
      target.put(name, WHOLE.contains(name) ? whole(before, value) : joined(before, value));
    } else if (before instanceof ObjectNode object && value.isObject()) {
      merge(object, value);
    } else if (before.isArray() || value.isArray()) {
      target.set(name, parts(before).addAll(parts(value)));
    } else {
      target.set(name, value.deepCopy());
    }
  }

  /** The text of a content that is a string or a list of parts. */
  static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.isTextual() ? content.asText() : "";
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }

  /** An empty refusal beside a text is none. */
  private static void setFirst(ObjectNode target, String name, JsonNode value) {
    if (!(name.equals("refusal") && value.asText().isEmpty())) {
      target.set(name, value.deepCopy());
    }
  }

  private static String whole(JsonNode before, JsonNode value) {
    return before.asText().isEmpty() ? value.asText() : before.asText();
  }

  private static String joined(JsonNode before, JsonNode value) {
    return before.asText() + value.asText();
  }

  private static ArrayNode parts(JsonNode content) {
    ArrayNode parts = Json.object().arrayNode();
    if (content instanceof ArrayNode array) {
      return parts.addAll(array.deepCopy());
    }
    parts.addObject().put("type", "text").put("text", content.asText());
    return parts;
  }

  private static void mergeCall(ObjectNode message, JsonNode delta) {
    ArrayNode calls = message.withArrayProperty("tool_calls");
    ObjectNode call = continued(calls, delta);
    merge(call == null ? calls.addObject() : call, delta);
  }

  private static @org.jspecify.annotations.Nullable ObjectNode continued(
      ArrayNode calls, JsonNode delta) {
    String id = delta.path("id").asText("");
    boolean opens = !delta.path("function").path("name").asText("").isEmpty();
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (calls.get(i) instanceof ObjectNode call && isSame(call, delta, id, opens)) {
        return call;
      }
    }
    return null;
  }

  private static boolean isSame(ObjectNode call, JsonNode delta, String id, boolean opens) {
    boolean otherId = !id.isEmpty() && !id.equals(call.path("id").asText(id));
    if (delta.path("index").isInt() && call.has("index")) {
      return call.path("index").equals(delta.path("index")) && !(opens && otherId);
    }
    return id.isEmpty() ? !opens : !otherId;
  }
}
