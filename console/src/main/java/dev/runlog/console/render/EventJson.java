package dev.runlog.console.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventObject;

/** An event as programs are told it. */
public final class EventJson {

  private EventJson() {}

  public static ObjectNode of(Event event) {
    return EventObject.of(event);
  }
}
