package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A supervisor has begun what was asked.
 *
 * @param commandId the command
 * @param verb what to do: {@code stop}, {@code restart} or {@code scale}
 * @param target an instance; to scale, a role
 * @param askedByRunId run that asked
 * @param answer what it does
 */
public record ControlObeyed(
    long commandId, String verb, String target, long askedByRunId, String answer)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.CONTROL_OBEYED.wireName();
  }
}
