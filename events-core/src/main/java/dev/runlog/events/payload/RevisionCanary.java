package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A build got its first slot.
 *
 * @param facts which build, and why
 */
public record RevisionCanary(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_CANARY.wireName();
  }
}
