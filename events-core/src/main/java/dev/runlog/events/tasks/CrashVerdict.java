package dev.runlog.events.tasks;

import java.util.Optional;

/** Decides what becomes of a task whose holder died. */
final class CrashVerdict {

  /** A task that took so many workers with it is poison. */
  static final int CRASHES_ALLOWED = 3;

  private CrashVerdict() {}

  /**
   * Why the task fails for good, empty when it goes back to the queue.
   *
   * @param crashes how many holders died, this one included
   * @param attempt the attempt that the holder was at
   */
  static Optional<String> failureAfter(int crashes, int attempt, int maxAttempts) {
    if (crashes >= CRASHES_ALLOWED) {
      return Optional.of("the worker died " + crashes + " times while it held this task");
    }
    if (attempt >= maxAttempts) {
      return Optional.of("the worker died in attempt " + attempt + " of " + maxAttempts);
    }
    return Optional.empty();
  }
}
