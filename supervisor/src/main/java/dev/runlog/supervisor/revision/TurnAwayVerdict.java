package dev.runlog.supervisor.revision;

import java.time.Duration;

/** What becomes of a self-check that was turned away, as by a database that restarts. */
enum TurnAwayVerdict {
  /** It is started again in a moment. */
  WAIT,
  /** It is started again now. */
  START_AGAIN,
  /** It was turned away for too long, and the build is rejected. */
  REJECT;

  static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /**
   * @param tried from the first start to the end of the last try: what passed since then says
   *     nothing, since an outage keeps the supervisor itself from looking
   * @param sinceEnd how long ago the last try ended
   */
  static TurnAwayVerdict of(Duration tried, Duration sinceEnd) {
    if (tried.compareTo(SelfCheckRun.LONGEST) >= 0) {
      return REJECT;
    }
    return sinceEnd.compareTo(BETWEEN_TRIES) >= 0 ? START_AGAIN : WAIT;
  }
}
