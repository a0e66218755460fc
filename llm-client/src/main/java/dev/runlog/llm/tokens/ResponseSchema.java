package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A response schema as the model reads it: a heading, the description and the schema as compact
 * JSON, without the keywords that only constrain.
 *
 * @param name name of the schema
 * @param section the whole text
 */
record ResponseSchema(String name, String section) {

  private static final Set<String> NOT_RENDERED =
      Set.of(
          "additionalProperties", "required", "$schema", "format", "pattern", "default", "strict");

  /** Keywords whose value maps names, which are no keywords, to schemas. */
  private static final Set<String> NAMED_SCHEMAS = Set.of("properties", "$defs", "definitions");

  /** Keywords whose value is data. */
  private static final Set<String> VALUES = Set.of("enum", "const", "examples");

  /** The schema of a {@code response_format}, absent when it is of another type. */
  static Optional<ResponseSchema> ofChat(JsonNode responseFormat) {
    return responseFormat.path("type").asText().equals("json_schema")
        ? Optional.of(of(responseFormat.path("json_schema")))
        : Optional.empty();
  }

  /** The schema of a {@code text.format} of the Responses API. */
  static Optional<ResponseSchema> ofResponses(JsonNode format) {
    return format.path("type").asText().equals("json_schema")
        ? Optional.of(of(format))
        : Optional.empty();
  }

  private static ResponseSchema of(JsonNode format) {
    String name = format.path("name").asText("");
    String description = format.path("description").asText("");
    String comment = description.isEmpty() ? "" : "// " + description + "\n";
    return new ResponseSchema(
        name, "## " + name + "\n\n" + comment + rendered(format.path("schema")));
  }

  private static JsonNode rendered(JsonNode schema) {
    if (schema instanceof ArrayNode alternatives) {
      ArrayNode rendered = alternatives.arrayNode();
      alternatives.forEach(alternative -> rendered.add(rendered(alternative)));
      return rendered;
    }
    if (!(schema instanceof ObjectNode keywords)) {
      return schema;
    }
    ObjectNode rendered = Json.object();
    for (Map.Entry<String, JsonNode> keyword : keywords.properties()) {
      if (isRendered(keyword.getKey())) {
        rendered.set(keyword.getKey(), renderedKeyword(keyword.getKey(), keyword.getValue()));
      }
    }
    return rendered;
  }

  private static JsonNode renderedKeyword(String keyword, JsonNode value) {
    if (VALUES.contains(keyword)) {
      return value;
    }
    if (!NAMED_SCHEMAS.contains(keyword) || !(value instanceof ObjectNode named)) {
      return rendered(value);
    }
    ObjectNode rendered = Json.object();
    named.properties().forEach(entry -> rendered.set(entry.getKey(), rendered(entry.getValue())));
    return rendered;
  }

  private static boolean isRendered(String keyword) {
    return !NOT_RENDERED.contains(keyword)
        && !keyword.startsWith("min")
        && !keyword.startsWith("max");
  }
}
