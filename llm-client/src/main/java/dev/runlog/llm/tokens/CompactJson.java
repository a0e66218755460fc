package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;

/** JSON without the blanks between its tokens. */
final class CompactJson {

  private CompactJson() {}

  /** The text as compact JSON; the text itself when it is no JSON. */
  static String of(String text) {
    try {
      return Json.read(text, JsonNode.class).toString();
    } catch (JsonException e) {
      return text;
    }
  }
}
