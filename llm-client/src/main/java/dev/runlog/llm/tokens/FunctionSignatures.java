package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * Function tools as the model reads them: TypeScript, after the renderer that OpenAI published with
 * its harmony format (github.com/openai/harmony, {@code src/encoding.rs}).
 */
final class FunctionSignatures {

  private FunctionSignatures() {}

  /** A body inside the namespace of functions. */
  static String namespace(String body) {
    return "namespace functions {\n\n" + body + "} // namespace functions";
  }

  /** The functions one after the other. */
  static String body(List<JsonNode> functions) {
    StringBuilder body = new StringBuilder();
    for (JsonNode function : functions) {
      appendFunction(body, function);
    }
    return body.toString();
  }

  /**
   * Whether a signature is of a kind whose rendering is not known to the token: titled parameters
   * of alternative types, and arrays of objects that are described in place.
   */
  static boolean areUncertain(List<JsonNode> functions) {
    return functions.stream()
        .map(function -> function.path("parameters"))
        .anyMatch(FunctionSignatures::isUncertain);
  }

  private static boolean isUncertain(JsonNode parameters) {
    return Stream.of("anyOf", "oneOf")
            .flatMap(keyword -> parameters.findParents(keyword).stream())
            .anyMatch(schema -> schema.has("title"))
        || parameters.findValues("items").stream()
            .anyMatch(items -> items.has("properties") && items.has("description"));
  }

  private static void appendFunction(StringBuilder body, JsonNode function) {
    String description = function.path("description").asText("");
    if (!description.isEmpty()) {
      body.append(SchemaTypes.comment(description)).append('\n');
    }
    body.append("type ").append(function.path("name").asText("")).append(" = ");
    JsonNode parameters = function.path("parameters");
    if (parameters.path("properties").isEmpty()) {
      body.append("() => any;\n\n");
    } else {
      body.append("(_: ").append(SchemaTypes.parameters(parameters)).append(") => any;\n\n");
    }
  }
}
