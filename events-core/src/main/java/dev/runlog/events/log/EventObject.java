package dev.runlog.events.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.json.JsonException;

/** An event as JSON, its fields exactly the columns of the table; the payload is an object. */
public final class EventObject {

  private EventObject() {}

  public static ObjectNode of(Event event) {
    ObjectNode json = Json.object();
    json.put("id", event.id().value());
    json.put("timestamp", event.timestamp().toEpochMilli());
    json.put("run_id", event.runId().value());
    json.put("parent_run_id", event.emitter().parentRunId().map(RunId::value).orElse(null));
    json.put("instance_id", event.emitter().instanceId());
    json.put("role", event.emitter().role());
    json.put("event_type", event.eventType());
    json.set("payload", event.payload().map(EventObject::payload).orElseGet(NullNode::getInstance));
    return json;
  }

  private static JsonNode payload(String column) {
    try {
      return Json.readObject(column);
    } catch (JsonException e) {
      // A row that another program wrote: what is there is shown, not dropped.
      return TextNode.valueOf(column);
    }
  }
}
