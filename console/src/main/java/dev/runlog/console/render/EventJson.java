package dev.runlog.console.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.RunId;

/** An event as JSON, its fields exactly the columns of the table; the payload is an object. */
public final class EventJson {

  private EventJson() {}

  public static ObjectNode of(Event event) {
    ObjectNode json = Json.object();
    json.put("id", event.id().value());
    json.put("timestamp", event.timestamp().toEpochMilli());
    json.put("run_id", event.runId().value());
    json.put("parent_run_id", event.emitter().parentRunId().map(RunId::value).orElse(null));
    json.put("instance_id", event.emitter().instanceId());
    json.put("role", event.emitter().role());
    json.put("event_type", event.eventType());
    json.set("payload", JsonFields.object(event.payload()));
    return json;
  }
}
