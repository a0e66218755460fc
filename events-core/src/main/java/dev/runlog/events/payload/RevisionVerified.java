package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A build passed its check and waits to be promoted.
 *
 * @param facts which build, and why
 */
public record RevisionVerified(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_VERIFIED.wireName();
  }
}
