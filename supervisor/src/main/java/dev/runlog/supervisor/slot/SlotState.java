package dev.runlog.supervisor.slot;

/**
 * Where a slot is; named as in supervisord, http://supervisord.org/subprocess.html#process-states
 */
public enum SlotState {
  /** Its child is started but has not logged {@code process.started} yet. */
  STARTING,
  /** Its child runs. */
  RUNNING,
  /** Its child has crashed; the next one is started when the delay is over. */
  BACKOFF,
  /** Its child was asked to end and has not ended yet. */
  STOPPING,
  /** It was asked to stop and its child has ended; nothing is started until a person asks. */
  STOPPED,
  /** Its child ended by itself and its rule says not to start it again. */
  EXITED,
  /** It gave up: nothing more is started until a person acts. */
  FATAL
}
