package dev.runlog.console.render;

import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;

/** JSON for people: indented, and harmless for a terminal. It stays the same JSON. */
public final class PrettyJson {

  private PrettyJson() {}

  /** The object over several lines; a text that is no JSON object as it is. */
  public static String of(String json) {
    try {
      return SafeText.lines(Json.readObject(json).toPrettyString());
    } catch (JsonException e) {
      // A row that another program wrote: what is there is shown.
      return SafeText.lines(json);
    }
  }
}
