package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A build did well in its first slot and gets the others, one after the other.
 *
 * @param facts which build, and why
 */
public record RevisionRolling(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_ROLLING.wireName();
  }
}
