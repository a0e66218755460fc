package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * A process ended because of an error that it could still report.
 *
 * @param exitCode the exit code that the process is about to return
 * @param error what failed
 * @param uptimeMs milliseconds since the process was started
 */
public record ProcessFailed(int exitCode, String error, long uptimeMs) implements EventPayload {
  @Override
  public String eventType() {
    return EventType.PROCESS_FAILED.wireName();
  }
}
