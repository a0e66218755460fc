package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A supervisor cannot take a build back by itself.
 *
 * @param facts which build, and why
 */
public record RevisionInconsistent(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_INCONSISTENT.wireName();
  }
}
