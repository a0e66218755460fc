package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/**
 * How many tasks of a kind may be held at once, in the whole fleet.
 *
 * @param kind which handler runs it
 * @param mostHeld how many, absent for any number
 */
public record TaskKindLimited(String kind, Optional<Integer> mostHeld) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_KIND_LIMITED.wireName();
  }
}
