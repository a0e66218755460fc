package dev.runlog.events.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.regex.Pattern;

/**
 * JSON as Runlog's tables and wire formats hold it: snake case, absent values as {@code null},
 * unknown fields ignored when read. Thread-safe. Text survives whatever it holds: a lone surrogate,
 * which UTF-8 cannot carry, is written as its JSON escape and read back as it was.
 */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** {@code ('}' (code 125))}, where the character says it all. */
  private static final Pattern CODE_POINT =
      Pattern.compile("\\(?('[^']*') \\(code \\d+(?: [^)]*)?\\)\\)?");

  private static final Pattern PARSER_INNARDS =
      Pattern.compile(" \\(start marker at \\[Source: [^\\]]*\\]\\)");

  private Json() {}

  /**
   * Writes a value as compact JSON.
   *
   * @throws JsonException when the value cannot be written
   */
  public static String write(Object value) {
    try {
      return LoneSurrogates.escape(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new JsonException(
          "write " + value.getClass().getName() + " as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a JSON text as a value of the type.
   *
   * @throws JsonException when the text is not JSON or does not fit the type
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new JsonException(describe(e), e);
    }
  }

  /**
   * Reads a JSON text as an object.
   *
   * @throws JsonException when the text is not JSON or is another kind of value
   */
  public static ObjectNode readObject(String json) {
    JsonNode node = read(json, JsonNode.class);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new JsonException(
        "expected a JSON object, got "
            + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
  }

  /** A new empty object, to be filled and written. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The value as a tree, with the same names that {@link #write} gives it. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  private static String describe(JsonProcessingException e) {
    String where = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
    return PARSER_INNARDS
            .matcher(CODE_POINT.matcher(e.getOriginalMessage()).replaceAll("$1"))
            .replaceAll("")
        + where;
  }
}
