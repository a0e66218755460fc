package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A build is being taken back, slot by slot.
 *
 * @param facts which build, and why
 */
public record RevisionRollingBack(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_ROLLING_BACK.wireName();
  }
}
