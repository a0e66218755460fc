package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.runlog.events.json.Json;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** JSON of the words that requests and schemas are made of, put together by chance. */
final class RandomJson {

  private static final List<String> NAMES =
      List.of(
              "$ref type properties items anyOf oneOf allOf enum const default title description",
              "nullable required additionalProperties $defs a b name parameters strict not format",
              "role content text image_url url detail refusal tool_calls function function_call id",
              "arguments tool_call_id messages input instructions tools functions tool_choice output",
              "call_id status json_schema schema response_format custom model")
          .stream()
          .flatMap(line -> List.of(line.split(" ")).stream())
          .toList();

  private static final List<String> TEXTS =
      List.of(
          "object",
          "array",
          "string",
          "integer",
          "null",
          "number",
          "function",
          "custom",
          "message",
          "#",
          "#/",
          "#/$defs/a",
          "#/properties/a",
          "#Address",
          "#/a~2",
          "a.json#/b",
          "",
          " ",
          "\n",
          "system",
          "user",
          "assistant",
          "tool",
          "developer",
          "function_call",
          "reasoning",
          "function_call_output",
          "custom_tool_call",
          "custom_tool_call_output",
          "image_url",
          "input_image",
          "json_schema",
          "data:image/png;base64,iVBORw0KGgo=",
          "\uD83D",
          "low",
          "{\"a\":1}",
          "hello world",
          "c1",
          "<|endoftext|>");

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  JsonNode value(int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 9)) {
      case 0 -> NullNode.getInstance();
      case 1 -> Json.object().numberNode(random.nextInt(5) - 1);
      case 2 -> Json.object().booleanNode(random.nextBoolean());
      case 3, 4 -> TextNode.valueOf(oneOf(TEXTS));
      case 5, 6 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  /** A copy in which one value, anywhere, is another one. */
  ObjectNode changed(ObjectNode json) {
    ObjectNode copy = json.deepCopy();
    change(copy);
    return copy;
  }

  private void change(JsonNode parent) {
    int index = random.nextInt(parent.size());
    if (parent instanceof ArrayNode array) {
      change(array.get(index), other -> array.set(index, other));
    } else if (parent instanceof ObjectNode object) {
      String name = object.properties().stream().skip(index).findFirst().orElseThrow().getKey();
      change(object.path(name), other -> object.set(name, other));
    }
  }

  private void change(JsonNode child, Consumer<JsonNode> replace) {
    if (child.isEmpty() || random.nextInt(6) == 0) {
      replace.accept(value(4));
    } else {
      change(child);
    }
  }

  private ArrayNode array(int depth) {
    ArrayNode array = Json.object().arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(value(depth));
    }
    return array;
  }

  private ObjectNode object(int depth) {
    ObjectNode object = Json.object();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.set(oneOf(NAMES), value(depth));
    }
    return object;
  }

  private String oneOf(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
