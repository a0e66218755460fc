package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * Tasks of a kind are claimed again.
 *
 * @param kind which handler runs it
 */
public record TaskKindResumed(String kind) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.TASK_KIND_RESUMED.wireName();
  }
}
