package dev.runlog.supervisor.slot;

/**
 * Where a slot is; named as in supervisord, http://supervisord.org/subprocess.html#process-states
 */
public enum SlotState {
  /** Its child runs. */
  RUNNING,
  /** Its child has crashed; the next one is started when the delay is over. */
  BACKOFF,
  /** Its child was asked to end and has not ended yet. */
  STOPPING,
  /** Its child ended as planned; nothing more is started. */
  STOPPED,
  /** It gave up: nothing more is started until a person acts. */
  FATAL
}
