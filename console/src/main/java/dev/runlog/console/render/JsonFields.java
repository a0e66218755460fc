package dev.runlog.console.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Columns as fields of a JSON object. */
final class JsonFields {

  private JsonFields() {}

  /** Text of a column that holds a JSON object; text that is none stays text. */
  static JsonNode object(Optional<String> column) {
    return column.map(JsonFields::object).orElse(NullNode.getInstance());
  }

  static JsonNode object(String column) {
    try {
      return Json.readObject(column);
    } catch (JsonException e) {
      // A row that another program wrote: what is there is shown, not dropped.
      return TextNode.valueOf(column);
    }
  }

  static @Nullable Long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(null);
  }
}
