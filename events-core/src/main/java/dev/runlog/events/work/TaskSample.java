package dev.runlog.events.work;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One attempt at a task that ended done or failed.
 *
 * @param isFailed whether it failed
 * @param isProbe whether a supervisor asked it only to see that the worker answers
 * @param durationMillis from claim to end
 * @param tokens input and output tokens of the calls in it, as reported
 * @param costUsd cost of the calls in it; empty when no price of any is known
 */
public record TaskSample(
    boolean isFailed,
    boolean isProbe,
    long durationMillis,
    long tokens,
    Optional<BigDecimal> costUsd) {

  /** Whether its duration and tokens say something of the build. */
  public boolean isMeasured() {
    return !isFailed && !isProbe;
  }
}
