package dev.runlog.events.stats;

import java.math.BigDecimal;

/**
 * What some calls to models came to. Token figures are sums of what the providers reported; a call
 * whose provider reported nothing adds nothing to them and counts in {@code withoutUsage}.
 *
 * @param completed calls that were answered
 * @param failed calls that ended without an answer
 * @param lost calls without an end whose run has ended, as after a SIGKILL
 * @param running calls that are under way
 * @param withoutUsage answered calls whose provider reported no tokens
 * @param inputTokens input tokens, cached ones included
 * @param outputTokens output tokens, reasoning ones included
 * @param cachedInputTokens input tokens read from a cache
 * @param reasoningTokens output tokens spent on reasoning
 * @param priced answered calls whose cost is known
 * @param costUsd sum of the known costs in US dollars
 * @param latencies how long the answered calls took, from the first attempt to the end
 * @param estimate the estimated input tokens against the reported ones
 */
public record CallStats(
    long completed,
    long failed,
    long lost,
    long running,
    long withoutUsage,
    long inputTokens,
    long outputTokens,
    long cachedInputTokens,
    long reasoningTokens,
    long priced,
    BigDecimal costUsd,
    Latencies latencies,
    EstimateCheck estimate) {

  public static final CallStats NONE =
      ended(0, 0, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO, Latencies.NONE, EstimateCheck.NONE);

  static final CallStats ONE_LOST = NONE.with(1, 0);
  static final CallStats ONE_RUNNING = NONE.with(0, 1);

  /** Of calls that have ended. */
  static CallStats ended(
      long completed,
      long failed,
      long withoutUsage,
      long inputTokens,
      long outputTokens,
      long cachedInputTokens,
      long reasoningTokens,
      long priced,
      BigDecimal costUsd,
      Latencies latencies,
      EstimateCheck estimate) {
    return new CallStats(
        completed,
        failed,
        0,
        0,
        withoutUsage,
        inputTokens,
        outputTokens,
        cachedInputTokens,
        reasoningTokens,
        priced,
        costUsd,
        latencies,
        estimate);
  }

  /** All calls that ended, answered or not. */
  public long calls() {
    return completed + failed;
  }

  public CallStats plus(CallStats other) {
    return new CallStats(
        completed + other.completed,
        failed + other.failed,
        lost + other.lost,
        running + other.running,
        withoutUsage + other.withoutUsage,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cachedInputTokens + other.cachedInputTokens,
        reasoningTokens + other.reasoningTokens,
        priced + other.priced,
        costUsd.add(other.costUsd),
        latencies.plus(other.latencies),
        estimate.plus(other.estimate));
  }

  private CallStats with(long newLost, long newRunning) {
    return new CallStats(
        completed,
        failed,
        newLost,
        newRunning,
        withoutUsage,
        inputTokens,
        outputTokens,
        cachedInputTokens,
        reasoningTokens,
        priced,
        costUsd,
        latencies,
        estimate);
  }
}
