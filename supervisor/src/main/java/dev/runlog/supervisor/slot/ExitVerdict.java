package dev.runlog.supervisor.slot;

import dev.runlog.supervisor.restart.RestartRule;

/** What becomes of a slot whose child ended without having been asked to. */
enum ExitVerdict {
  /** It ended as planned and is not started again. */
  ENDED,
  /** It asked for a fresh process; that is no crash, and it is started at once. */
  RECYCLED,
  /** It ended as planned, or was turned away at its start, and is started again after a delay. */
  RESTARTED,
  /** It crashed; it is started again after a delay, unless it crashed too often. */
  CRASHED,
  /** It crashed and is not started again. */
  CRASHED_FOR_GOOD,
  /** It said that starting it again does not help. */
  FAULT;

  static ExitVerdict of(EndOfChild end, RestartRule rule) {
    if (end.permanentFault().isPresent()) {
      return FAULT;
    }
    if (end.isRecycle()) {
      return rule == RestartRule.NEVER ? ENDED : RECYCLED;
    }
    if (end.isTurnedAway()) {
      return rule == RestartRule.NEVER ? ENDED : RESTARTED;
    }
    if (end.isPlanned()) {
      return rule == RestartRule.ALWAYS ? RESTARTED : ENDED;
    }
    return rule == RestartRule.NEVER ? CRASHED_FOR_GOOD : CRASHED;
  }
}
