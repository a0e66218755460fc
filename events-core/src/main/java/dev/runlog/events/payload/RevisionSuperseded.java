package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A newer build took the place of one that was permanent.
 *
 * @param facts which build, and why
 */
public record RevisionSuperseded(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_SUPERSEDED.wireName();
  }
}
