package dev.runlog.llm.retry;

import dev.runlog.llm.retry.RetryDecision.GiveUp;
import dev.runlog.llm.retry.RetryDecision.RetryAfter;
import java.time.Duration;

/**
 * Decides what becomes of a failed request, by the rules of OpenAI's own clients
 * (github.com/openai/openai-python, {@code _base_client.py}): the server's word first, then the
 * status; its waiting time up to a minute, else an exponential backoff with jitter. Pure.
 *
 * @param maxRetries how often a request is sent again at most
 */
public record RetryPolicy(int maxRetries) {

  private static final Duration LONGEST_REQUESTED_WAIT = Duration.ofSeconds(60);
  private static final double FIRST_BACKOFF_MILLIS = 500;
  private static final double LONGEST_BACKOFF_MILLIS = 8_000;
  private static final double JITTER = 0.25;

  public RetryPolicy {
    if (maxRetries < 0) {
      throw new IllegalArgumentException("max retries " + maxRetries + " is negative");
    }
  }

  /**
   * Decides about a failed attempt.
   *
   * @param random from 0 (the whole backoff) to 1 (a quarter less)
   * @param timeLeft until the call as a whole times out
   */
  public RetryDecision after(FailedAttempt failed, double random, Duration timeLeft) {
    if (!isWorthRetrying(failed)) {
      return new GiveUp("not retried");
    }
    if (failed.attempt() > maxRetries) {
      return new GiveUp(
          failed.attempt() == 1
              ? "not retried"
              : "gave up after " + failed.attempt() + " attempts");
    }
    Duration delay = delay(failed, random);
    return delay.compareTo(timeLeft) < 0
        ? new RetryAfter(delay)
        : new GiveUp("no time left for another attempt");
  }

  private static boolean isWorthRetrying(FailedAttempt failed) {
    return failed.hints().shouldRetry().orElseGet(() -> isTransient(failed));
  }

  private static boolean isTransient(FailedAttempt failed) {
    if (failed.errorCode().filter("insufficient_quota"::equals).isPresent()) {
      return false;
    }
    return failed
        .status()
        .map(status -> status == 408 || status == 409 || status == 429 || status >= 500)
        .orElse(true);
  }

  private static Duration delay(FailedAttempt failed, double random) {
    return failed
        .hints()
        .after()
        .filter(wait -> wait.compareTo(Duration.ZERO) > 0)
        .filter(wait -> wait.compareTo(LONGEST_REQUESTED_WAIT) <= 0)
        .orElseGet(() -> backoff(failed.attempt(), random));
  }

  private static Duration backoff(int attempt, double random) {
    double millis =
        Math.min(FIRST_BACKOFF_MILLIS * Math.pow(2, attempt - 1), LONGEST_BACKOFF_MILLIS);
    return Duration.ofMillis(Math.round(millis * (1 - JITTER * random)));
  }
}
