package dev.runlog.llm.retry;

import java.time.Duration;

/** What becomes of a failed request. */
public sealed interface RetryDecision {

  /** It is sent again after the delay. */
  record RetryAfter(Duration delay) implements RetryDecision {}

  /**
   * It is not sent again.
   *
   * @param reason why, as part of a sentence
   */
  record GiveUp(String reason) implements RetryDecision {}
}
