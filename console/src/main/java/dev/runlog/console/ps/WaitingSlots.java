package dev.runlog.console.ps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.log.Event;
import dev.runlog.events.log.EventType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of each instance that a supervisor started what became of it, by the newest event. */
final class WaitingSlots {

  private WaitingSlots() {}

  /**
   * The state of each instance.
   *
   * @param events the supervisor's events about its children, in ascending order
   */
  static Map<String, LiveState> after(List<Event> events) {
    Map<String, LiveState> states = new LinkedHashMap<>();
    for (Event event : events) {
      JsonNode payload = event.payload().<JsonNode>map(Json::readObject).orElseGet(Json::object);
      String instance = payload.path("worker_instance_id").asText();
      stateAfter(event, payload).ifPresent(state -> states.put(instance, state));
    }
    return states;
  }

  private static Optional<LiveState> stateAfter(Event event, JsonNode payload) {
    return EventType.ofWireName(event.eventType())
        .flatMap(
            type ->
                switch (type) {
                  case WORKER_SPAWNED -> Optional.of(LiveState.STARTING);
                  case WORKER_EXITED -> Optional.of(LiveState.STOPPED);
                  case WORKER_GAVE_UP -> Optional.of(LiveState.FATAL);
                  case WORKER_CRASHED ->
                      Optional.of(
                          payload.path("restart_delay_ms").isNumber()
                              ? LiveState.BACKOFF
                              : LiveState.STOPPED);
                  default -> Optional.empty();
                });
  }
}
