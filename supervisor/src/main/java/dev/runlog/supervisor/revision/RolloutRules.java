package dev.runlog.supervisor.revision;

import java.time.Duration;

/**
 * How carefully a new build comes in.
 *
 * @param canaryTasks tasks after which a build in its first slot is judged
 * @param canaryTime time after which it is judged with fewer tasks
 * @param healthyTime how long a slot must be ready on a new build before the next one follows
 * @param soak how long all slots must do well before it is permanent
 */
public record RolloutRules(
    int canaryTasks, Duration canaryTime, Duration healthyTime, Duration soak) {

  public static final RolloutRules USUAL =
      new RolloutRules(20, Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofMinutes(10));

  /** For each slot: to drain the old child, start the new one and be ready. */
  static final Duration TIME_TO_CHANGE = Duration.ofMinutes(2);

  /** Starts of a supervisor within one state after which the build is suspected of its deaths. */
  static final int MOST_RESUMES = 5;

  /** How long a build may take from its first slot to the last. */
  Duration rollDeadline(int slots) {
    return healthyTime.plus(TIME_TO_CHANGE).multipliedBy(slots);
  }

  /** How long a build may take until its first slot has been judged. */
  Duration trialDeadline() {
    return canaryTime.plus(TIME_TO_CHANGE);
  }
}
