package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * No task of a kind is claimed from now on; those that are held go on.
 *
 * @param kind which handler runs it
 */
public record TaskKindPaused(String kind) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_KIND_PAUSED.wireName();
  }
}
