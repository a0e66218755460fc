package dev.runlog.events.payload;

import dev.runlog.events.log.EventPayload;
import dev.runlog.events.log.EventType;

/**
 * The parent no longer restarts an instance.
 *
 * @param workerInstanceId long-lived name of the child
 * @param crashes crashes counted
 * @param windowMs within how many milliseconds
 * @param reason which rule ended the restarts
 */
public record WorkerGaveUp(String workerInstanceId, int crashes, long windowMs, String reason)
    implements EventPayload {
  @Override
  public String eventType() {
    return EventType.WORKER_GAVE_UP.wireName();
  }
}
