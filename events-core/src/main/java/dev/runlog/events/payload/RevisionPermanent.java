package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A build stayed well for as long as it had to: this is what the next one falls back to.
 *
 * @param facts which build, and why
 */
public record RevisionPermanent(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_PERMANENT.wireName();
  }
}
