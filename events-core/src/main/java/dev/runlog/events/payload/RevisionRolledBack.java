package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * All slots are on the previous build again.
 *
 * @param facts which build, and why
 */
public record RevisionRolledBack(@JsonUnwrapped RevisionFacts facts) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_ROLLED_BACK.wireName();
  }
}
