package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;
import java.util.Optional;

/**
 * A person asked a supervisor for something.
 *
 * @param commandId the command
 * @param verb what to do: {@code stop}, {@code restart} or {@code scale}
 * @param target an instance; to scale, a role
 * @param argument to scale: how many, else absent
 */
public record ControlRequested(
    long commandId, String verb, String target, Optional<Integer> argument)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.CONTROL_REQUESTED.wireName();
  }
}
