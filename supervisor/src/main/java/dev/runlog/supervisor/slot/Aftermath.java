package dev.runlog.supervisor.slot;

import dev.runlog.supervisor.restart.CrashLoop;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows from the end of a child.
 *
 * @param isCrash whether it was one
 * @param restartDelay until the next start, empty when there is none by itself
 * @param gaveUp why the slot gives up, empty when it does not
 */
record Aftermath(
    boolean isCrash, Optional<Duration> restartDelay, Optional<CrashLoop.Verdict> gaveUp) {

  static Aftermath atRest(boolean isCrash) {
    return new Aftermath(isCrash, Optional.empty(), Optional.empty());
  }

  static Aftermath startsAfter(Duration delay, boolean isCrash) {
    return new Aftermath(isCrash, Optional.of(delay), Optional.empty());
  }

  static Aftermath gaveUp(CrashLoop.Verdict why) {
    return new Aftermath(true, Optional.empty(), Optional.of(why));
  }
}
