package dev.runlog.events.log;

/** How far a run got, as its own last event and its parent's report tell it. */
public enum RunState {
  /**
   * No end is logged. After a SIGKILL of the parent as well, that stays so until a supervisor
   * closes the run.
   */
  RUNNING,
  /** It logged {@code process.stopped}, or its parent saw it exit as planned. */
  STOPPED,
  /** It logged {@code process.failed}. */
  FAILED,
  /** Its parent, or a later supervisor, logged {@code worker.crashed} for it. */
  CRASHED;

  static RunState after(EventType ending) {
    return switch (ending) {
      case PROCESS_STOPPED, WORKER_EXITED -> STOPPED;
      case PROCESS_FAILED -> FAILED;
      case WORKER_CRASHED -> CRASHED;
      default -> throw new IllegalArgumentException(ending.wireName() + " ends no run");
    };
  }
}
