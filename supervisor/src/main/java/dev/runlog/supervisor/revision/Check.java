package dev.runlog.supervisor.revision;

import java.time.Duration;

/** How far the self-check of a build is. */
sealed interface Check {

  /** It is not running. */
  record NotStarted() implements Check {}

  /** It has not ended. */
  record Running() implements Check {}

  /**
   * It went well.
   *
   * @param took from its start to its end
   */
  record Passed(Duration took) implements Check {}

  /**
   * It did not.
   *
   * @param why for people
   */
  record Failed(String why) implements Check {}
}
