package dev.runlog.events.durability;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * How hard the tests of this package try: a few seconds each, or with {@code -Drunlog.torture=long}
 * minutes.
 */
final class Torture {

  private static final boolean IS_LONG = "long".equals(System.getProperty("runlog.torture"));

  /** The seed is printed, so that a failure can be looked at again. */
  private final Random random;

  Torture() {
    long seed = System.nanoTime();
    this.random = new Random(seed);
    System.out.println("torture: seed " + seed);
  }

  int rounds(int inShort, int inLong) {
    return IS_LONG ? inLong : inShort;
  }

  int oneOf(int count) {
    return random.nextInt(count);
  }

  /** Lets time pass, since the moment of the next blow is what is tried. */
  void awaitRandomMoment(Duration atMost) {
    long end = System.nanoTime() + (long) (random.nextDouble() * atMost.toNanos());
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
