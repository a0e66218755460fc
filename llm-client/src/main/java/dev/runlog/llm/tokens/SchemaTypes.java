package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * A JSON Schema as a TypeScript type, after OpenAI's harmony renderer. No indentation at any depth;
 * constraints such as {@code format} or {@code minimum} are not rendered. A reference to itself,
 * and what would go beyond {@link #MAX_CHARS}, is rendered as {@code any}.
 */
final class SchemaTypes {

  /** A schema of nested references may unfold without bound; this ends it. */
  static final int MAX_CHARS = 400_000;

  private static final int MAX_DEPTH = 64;

  private final JsonNode root;
  private final Deque<String> openReferences = new ArrayDeque<>();
  private int chars;
  private int depth;

  private SchemaTypes(JsonNode root) {
    this.root = root;
  }

  /** The type of a function's parameters, with their own title and description in front. */
  static String parameters(JsonNode schema) {
    SchemaTypes types = new SchemaTypes(schema);
    return types.heading(schema) + types.object(schema);
  }

  /** A text as comment lines, each trimmed. */
  static String comment(String text) {
    StringJoiner lines = new StringJoiner("\n");
    text.strip().lines().map(String::strip).forEach(line -> lines.add(("// " + line).strip()));
    return lines.toString();
  }

  private String type(JsonNode schema) {
    if (depth >= MAX_DEPTH || chars > MAX_CHARS) {
      return "any";
    }
    depth++;
    String type = typeOf(schema);
    depth--;
    chars += type.length();
    return type;
  }

  private String typeOf(JsonNode schema) {
    if (schema.has("$ref")) {
      return referenced(schema.path("$ref").asText());
    }
    if (schema.path("enum").isArray()) {
      return union(schema.path("enum"), JsonNode::toString);
    }
    if (schema.has("anyOf") || schema.has("oneOf")) {
      return union(schema.has("anyOf") ? schema.path("anyOf") : schema.path("oneOf"), this::type);
    }
    if (schema.path("type").isArray()) {
      return union(schema.path("type"), name -> named(name.asText(), schema));
    }
    return named(schema.path("type").asText(schema.has("properties") ? "object" : "any"), schema);
  }

  private String named(String name, JsonNode schema) {
    return switch (name) {
      case "integer" -> "number";
      case "array" -> array(schema.path("items"));
      case "object" -> object(schema);
      default -> name;
    };
  }

  private String array(JsonNode items) {
    if (items.isMissingNode()) {
      return "any[]";
    }
    String type = items.has("$ref") ? type(items) : withHeading(items);
    return type.startsWith("\n") ? "Array<" + type + "\n>" : type + "[]";
  }

  /** An object that carries a title or description starts on a line of its own, below them. */
  private String withHeading(JsonNode schema) {
    String heading = schema.path("type").asText().equals("object") ? heading(schema) : "";
    return heading.isEmpty() ? type(schema) : "\n" + heading + type(schema);
  }

  private static String union(JsonNode members, Function<JsonNode, String> typeOf) {
    Set<String> types = new LinkedHashSet<>();
    members.forEach(member -> types.add(typeOf.apply(member)));
    return String.join(" | ", types);
  }

  private String referenced(String reference) {
    if (openReferences.contains(reference) || !isPointer(reference)) {
      return "any";
    }
    JsonNode target = root.at(reference.substring(1));
    if (target.isMissingNode()) {
      return "any";
    }
    openReferences.push(reference);
    String type = withHeading(target);
    openReferences.pop();
    return type;
  }

  /** Into the same document; one by an anchor, such as {@code #Address}, is no pointer. */
  private static boolean isPointer(String reference) {
    return reference.equals("#") || reference.startsWith("#/");
  }

  private String object(JsonNode schema) {
    JsonNode properties = schema.path("properties");
    if (properties.isEmpty()) {
      return "object";
    }
    boolean documented = isDocumented(properties);
    StringBuilder object = new StringBuilder(documented ? "{\n" : "{ ");
    Set<String> required = required(schema);
    for (var i = properties.properties().iterator(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> property = i.next();
      boolean optional = !required.contains(property.getKey());
      String named = named(property.getKey(), optional, type(property.getValue()));
      if (documented) {
        object.append(documented(named, property.getValue()));
      } else {
        object.append(named).append(i.hasNext() ? ", " : " ");
      }
    }
    return object.append('}').toString();
  }

  private static String named(String property, boolean optional, String type) {
    return property + (optional ? "?:" : ":") + (type.startsWith("\n") ? "" : " ") + type;
  }

  private String documented(String named, JsonNode property) {
    String suffix =
        property.has("default") ? ", // default: " + defaultValue(property) + "\n" : ",\n";
    return heading(property) + named + suffix;
  }

  private static String defaultValue(JsonNode property) {
    JsonNode value = property.path("default");
    return value.isTextual() && property.has("enum") ? value.asText() : value.toString();
  }

  /** Title and description as comment lines, an empty one between them. */
  private String heading(JsonNode schema) {
    String title = schema.path("title").asText("");
    String description = schema.path("description").asText("");
    StringBuilder heading = new StringBuilder();
    if (!title.isEmpty()) {
      heading.append(comment(title)).append('\n');
    }
    if (!title.isEmpty() && !description.isEmpty()) {
      heading.append("//\n");
    }
    if (!description.isEmpty()) {
      heading.append(comment(description)).append('\n');
    }
    return heading.toString();
  }

  private static boolean isDocumented(JsonNode properties) {
    for (JsonNode property : properties) {
      if (property.has("title") || property.has("description") || property.has("default")) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> required(JsonNode schema) {
    Set<String> names = new LinkedHashSet<>();
    schema.path("required").forEach(name -> names.add(name.asText()));
    return names;
  }
}
