package dev.runlog.events.log;

import java.util.Optional;

/**
 * Who emits an event.
 *
 * @param runId the run that emits
 * @param parentRunId the run that spawned it, empty for a root
 * @param instanceId long-lived name, such as {@code W00001}
 * @param role {@code orchestrator}, {@code supervisor}, {@code worker}, {@code console} or one of
 *     the user's own
 */
public record Emitter(RunId runId, Optional<RunId> parentRunId, String instanceId, String role) {

  public Emitter {
    if (instanceId.isBlank()) {
      throw new InvalidEventException(
          "instance id is blank; give the emitter a long-lived name such as W00001");
    }
    if (role.isBlank()) {
      throw new InvalidEventException("role is blank; give the emitter a role such as worker");
    }
  }
}
