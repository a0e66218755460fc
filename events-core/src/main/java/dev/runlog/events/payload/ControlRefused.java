package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * What was asked is not done.
 *
 * @param commandId the command
 * @param verb what to do: {@code stop}, {@code restart} or {@code scale}
 * @param target an instance; to scale, a role
 * @param askedByRunId run that asked
 * @param answer why not
 */
public record ControlRefused(
    long commandId, String verb, String target, long askedByRunId, String answer)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.CONTROL_REFUSED.wireName();
  }
}
