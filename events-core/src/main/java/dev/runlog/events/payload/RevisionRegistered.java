package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A build of the worker was handed in.
 *
 * @param facts which build, and why
 */
public record RevisionRegistered(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_REGISTERED.wireName();
  }
}
