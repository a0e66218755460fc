package dev.runlog.events.db;

import java.util.concurrent.locks.LockSupport;

/** Waits a while in a thread that may be interrupted, which stays so and does not end the wait. */
final class SteadyPause {

  private SteadyPause() {}

  /** Without this, a thread that is interrupted would try again and again without any pause. */
  static void of(Object blocker, long nanos) {
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(blocker, nanos);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
