package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * PARENT_RUN_ID could not be used, so the process started as a root.
 *
 * @param value the value that was given
 * @param reason why it could not be used
 */
public record ProcessParentIgnored(String value, String reason) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.PROCESS_PARENT_IGNORED.wireName();
  }
}
