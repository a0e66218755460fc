package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A process ended by its own decision or after a signal that it could handle.
 *
 * @param exitCode the exit code that the process is about to return
 * @param reason why: {@code completed}, {@code SIGTERM}, {@code SIGINT}, {@code parent_gone}, …
 * @param uptimeMs milliseconds since the process was started
 */
public record ProcessStopped(int exitCode, String reason, long uptimeMs) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.PROCESS_STOPPED.wireName();
  }
}
