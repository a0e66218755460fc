package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * An instance crashed too often in too short a time.
 *
 * @param workerInstanceId long-lived name of the child
 * @param crashes crashes counted
 * @param windowMs within how many milliseconds
 */
public record CrashLoopDetected(String workerInstanceId, int crashes, long windowMs)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.CRASH_LOOP_DETECTED.wireName();
  }
}
