package dev.runlog.process.lifecycle;

import java.time.Duration;

/**
 * How long a process may take to end by itself once it was asked to.
 *
 * @param drain to finish the work at hand
 * @param parentGone the same when the parent is gone, since a new parent may soon want the name
 * @param hurried the same after a hurry was asked for
 * @param afterInterrupt once more, after its thread was interrupted; then the process is ended
 */
public record Grace(
    Duration drain, Duration parentGone, Duration hurried, Duration afterInterrupt) {

  /** 30 s to drain, 3 s when the parent is gone or in a hurry, 2 s after the interrupt. */
  public static final Grace DEFAULT =
      new Grace(
          Duration.ofSeconds(30),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2));

  /** The same with another time to drain, for a process that waits for its children to drain. */
  public Grace withDrain(Duration longer) {
    return new Grace(longer, parentGone, hurried, afterInterrupt);
  }

  /** The time that the reason for the end leaves. */
  Duration of(String reason) {
    return reason.equals(Shutdown.PARENT_GONE) ? parentGone : drain;
  }
}
