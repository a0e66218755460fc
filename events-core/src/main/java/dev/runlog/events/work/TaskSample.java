package dev.runlog.events.work;

import dev.runlog.events.tasks.Probe;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One attempt at a task, or at a probe, that ended done or failed.
 *
 * @param kind which handler it was for
 * @param number which of its process it is among those that are looked at, from 1
 * @param isFailed whether it failed
 * @param durationMillis from claim to end
 * @param tokens input and output tokens of the calls in it, as reported
 * @param costUsd cost of the calls in it; empty when no price of any is known
 */
public record TaskSample(
    String kind,
    int number,
    boolean isFailed,
    long durationMillis,
    long tokens,
    Optional<BigDecimal> costUsd) {

  private static final int SLOW_IN_A_FRESH_PROCESS = 3;

  /** Whether a supervisor asked it only to see that the worker answers. */
  public boolean isProbe() {
    return Probe.isProbe(kind);
  }

  /** Whether what it took says something of the build and not of a JVM that has just begun. */
  public boolean isOfSettledProcess() {
    return number > SLOW_IN_A_FRESH_PROCESS;
  }

  /** Whether its duration and tokens say something of the build. */
  public boolean isMeasured() {
    return !isFailed && !isProbe();
  }
}
