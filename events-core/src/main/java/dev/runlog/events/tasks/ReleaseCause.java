package dev.runlog.events.tasks;

import dev.runlog.events.log.RunId;
import dev.runlog.events.payload.TaskReleased;
import java.util.Locale;

/** Why a claimed task goes back to the queue. */
public enum ReleaseCause {
  /** The holder died. Uses an attempt. */
  CRASH,
  /** The holder was told to stop before it had finished. Uses no attempt. */
  SHUTDOWN,
  /** The holder's parent was gone, so it stopped. Uses no attempt. */
  PARENT_GONE,
  /** The holder fell silent; it may have died or hang. Uses an attempt. */
  LEASE_EXPIRED;

  /** Whether the task may be what ended the holder, so that it counts against the task. */
  boolean isCrash() {
    return this == CRASH || this == LEASE_EXPIRED;
  }

  /** The name in the payload of {@code task.released}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The event that says so of a task. */
  TaskReleased eventOf(Task task, RunId holder) {
    return new TaskReleased(
        task.id().value(), task.kind(), task.attempt(), wireName(), holder.value());
  }
}
