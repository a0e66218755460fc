package dev.runlog.llm;

import java.time.Duration;

/** Waits between two attempts. */
@FunctionalInterface
interface Pause {

  /** Returns when the time is over, or earlier when waiting has become pointless. */
  void pause(Duration duration) throws InterruptedException;
}
