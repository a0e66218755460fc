package dev.runlog.events.tasks;

import java.util.Locale;

/** Why a claimed task goes back to the queue. */
public enum ReleaseCause {
  /** The holder died. Uses an attempt. */
  CRASH,
  /** The holder was told to stop before it had finished. Uses no attempt. */
  SHUTDOWN,
  /** The holder's parent was gone, so it stopped. Uses no attempt. */
  PARENT_GONE;

  /** The name in the payload of {@code task.released}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
