package dev.runlog.events.payload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * Somebody asked that a build go on or be taken back.
 *
 * @param wish {@code promote} or {@code rollback}
 * @param facts which build
 */
public record RevisionRequested(String wish, @JsonUnwrapped RevisionFacts facts)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.REVISION_REQUESTED.wireName();
  }
}
