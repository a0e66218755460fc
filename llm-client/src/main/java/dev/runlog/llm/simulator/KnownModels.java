package dev.runlog.llm.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import java.util.List;

/** The models that the simulator plays. */
final class KnownModels {

  private static final long CREATED = 1_735_689_600;

  private static final List<String> NAMES =
      List.of(
          "gpt-3.5-turbo",
          "gpt-4",
          "gpt-4-turbo",
          "gpt-4o",
          "gpt-4o-mini",
          "gpt-4.1",
          "gpt-4.1-mini",
          "gpt-4.1-nano",
          "gpt-5",
          "gpt-5-mini",
          "gpt-5-nano",
          "gpt-5.1",
          "gpt-5.2",
          "gpt-5.4",
          "gpt-5.4-mini",
          "gpt-5.4-nano",
          "gpt-5.5",
          "o1",
          "o3",
          "o3-mini",
          "o4-mini");

  private KnownModels() {}

  /** Whether it is one of the names, with or without a date behind it. */
  static boolean contains(String model) {
    return NAMES.contains(model.replaceFirst("-\\d{4}-\\d{2}-\\d{2}$", ""));
  }

  /** The answer of {@code GET /v1/models}. */
  static ObjectNode list() {
    ObjectNode list = Json.object().put("object", "list");
    ArrayNode data = list.putArray("data");
    for (String name : NAMES) {
      data.addObject()
          .put("id", name)
          .put("object", "model")
          .put("created", CREATED)
          .put("owned_by", "simulator");
    }
    return list;
  }
}
