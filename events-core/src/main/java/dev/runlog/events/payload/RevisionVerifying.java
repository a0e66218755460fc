package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A supervisor began to check a build before any production task.
 *
 * @param facts which build, and why
 */
public record RevisionVerifying(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_VERIFYING.wireName();
  }
}
