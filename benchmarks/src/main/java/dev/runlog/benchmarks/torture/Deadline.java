package dev.runlog.benchmarks.torture;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for facts. */
final class Deadline {

  private static final long LOOK_MILLIS = 20;

  private Deadline() {}

  /**
   * Returns once it is so.
   *
   * @throws BrokenPromise when it is not in time
   */
  static void await(String what, Duration longest, BooleanSupplier isSo)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!isSo.getAsBoolean()) {
      BrokenPromise.unless(
          System.nanoTime() - start < longest.toNanos(),
          "%s: not within %d s",
          what,
          longest.toSeconds());
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }
}
