package dev.runlog.events.log;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of the events table.
 *
 * @param id id of the event itself
 * @param timestamp when it was logged, to the millisecond
 * @param emitter who emitted it
 * @param eventType its type as written; may be one that this version does not know
 * @param payload a JSON object as text, empty when there is none
 */
public record Event(
    EventId id, Instant timestamp, Emitter emitter, String eventType, Optional<String> payload) {

  public RunId runId() {
    return emitter.runId();
  }

  public boolean is(EventType type) {
    return eventType.equals(type.wireName());
  }
}
