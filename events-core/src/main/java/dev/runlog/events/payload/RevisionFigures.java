package dev.runlog.events.payload;

import java.util.Optional;

/**
 * How a build did. Probes count among tasks and failures, but not in durations and tokens.
 *
 * @param runs processes started
 * @param crashes how many of them crashed
 * @param tasks attempts at tasks that ended done or failed
 * @param failed those that failed
 * @param p95Ms 95th percentile of the durations of those done, in milliseconds, absent without any
 * @param tokensPerTask mean of input and output tokens of those done, absent without any
 */
public record RevisionFigures(
    long runs,
    long crashes,
    long tasks,
    long failed,
    Optional<Long> p95Ms,
    Optional<Double> tokensPerTask) {

  public static final RevisionFigures NONE =
      new RevisionFigures(0, 0, 0, 0, Optional.empty(), Optional.empty());
}
